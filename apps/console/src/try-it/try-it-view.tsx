import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { CopyButton } from "../parts/copy-button.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { readPolicyText } from "../policy/policy-text.ts";
import { judgeWords } from "../timeline/judge-words.ts";
import { storyOf } from "../timeline/story.ts";
import { Timeline } from "../timeline/timeline.tsx";
import { askPolicy } from "./ask.ts";
import { EnginePicker } from "./engine-picker.tsx";
import { firstQuestion, originFault, type Question, urlFault } from "./question.ts";
import { QuestionForm } from "./question-form.tsx";
import { fromFragment, toFragment } from "./share-link.ts";
import "./try-it.css";

type Traces = Awaited<ReturnType<typeof askPolicy>>;

/** “Will it CORS?”: a page, a request and a policy; the browser and the server are played through in this tab. */
export function TryItView(): JSX.Element {
  const [question, setQuestion] = useState<Question>(() => fromFragment(location.hash) ?? firstQuestion);
  const [traces, setTraces] = useState<Traces>();
  const reading = readPolicyText(question.policyText);
  const { policy } = reading;
  const answerable = originFault(question.origin) === undefined && urlFault(question.url) === undefined;

  useEffect(() => {
    if (policy === undefined || !answerable) {
      setTraces(undefined);
      return;
    }
    let current = true;
    askPolicy(question, policy).then((found) => {
      if (current) setTraces(found);
    });
    return () => {
      current = false;
    };
  }, [JSON.stringify(question)]);

  const trace = traces?.get(question.engine);
  return (
    <>
      <PageHead title="Will it CORS?" tab="Try it">
        Describe what a page’s script does, and see what the browser and the server say to each other.
      </PageHead>
      <section class="try-ask" aria-label="The question">
        <QuestionForm question={question} onChange={setQuestion} />
        <div class="answerer">
          <label for="try-policy">The policy that answers</label>
          <textarea
            id="try-policy"
            class="code"
            rows={9}
            spellcheck={false}
            value={question.policyText}
            aria-describedby="try-policy-findings"
            onInput={(event) => setQuestion({ ...question, policyText: event.currentTarget.value })}
          />
          <ul id="try-policy-findings" class="small">
            {reading.findings.map((finding) => (
              <li key={`${finding.line} ${finding.code}`} class="field-fault">
                Line {finding.line}: {finding.message} <span class="quiet">Fix: {finding.fix}</span>
              </li>
            ))}
          </ul>
        </div>
        <p class="share">
          <CopyButton text={`${location.origin}/try${toFragment(question)}`} what="a link to this question" />
          <span class="quiet small">A link to this question. Header values, query and passwords are left out.</span>
        </p>
      </section>
      <section class="try-answer" aria-label="The answer">
        {traces === undefined || trace === undefined ? (
          <p class="quiet">
            {answerable ? "Mend the policy, and the answer is drawn here." : "Fill in the page and the URL."}
          </p>
        ) : (
          <>
            <EnginePicker
              traces={traces}
              chosen={question.engine}
              onChoose={(engine) => setQuestion({ ...question, engine })}
            />
            <section class="story">
              <h2>In plain words</h2>
              <p>{storyOf(trace, { ...question, page: question.origin }).join(" ")}</p>
            </section>
            <Timeline trace={trace} page={question.origin} url={question.url} judge={judgeWords(question.engine)} />
          </>
        )}
      </section>
    </>
  );
}
