import "./try-it.css";
import type { Engine, Trace } from "@corsmith/cors/browser";
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { CopyButton } from "../components/code-block.tsx";
import { PageHead } from "../components/layout.tsx";
import { Fault } from "../components/query-state.tsx";
import { Sign } from "../components/status-icon.tsx";
import { readPolicyText } from "../policy/policy-text.ts";
import { storyOf } from "../timeline/story.ts";
import { Timeline } from "../timeline/timeline.tsx";
import { judgeWords } from "../timeline/words.ts";
import { Answerer } from "./answerer.tsx";
import { type Answer, engines, useAnswer } from "./ask.ts";
import { firstQuestion, originFault, type Question, urlFault } from "./question.ts";
import { QuestionForm } from "./question-form.tsx";
import { fromFragment, toFragment } from "./share-link.ts";

/** “Will it CORS?”: a page, a request, and what answers it; the browser is played through in this tab. */
export function TryItView(): JSX.Element {
  const [question, setQuestion] = useState<Question>(() => fromFragment(location.hash) ?? firstQuestion);
  const reading = useMemo(() => readPolicyText(question.policyText), [question.policyText]);
  const state = useAnswer(question, reading.policy);
  const change = (part: Partial<Question>): void => setQuestion({ ...question, ...part });
  return (
    <>
      <PageHead title="Will it CORS?" tab="Try it">
        Describe what a page’s script does, and see what the browser and the server say to each other.
      </PageHead>
      <section class="try-ask" aria-label="The question">
        <QuestionForm question={question} onChange={setQuestion} />
        <Answerer question={question} reading={reading} state={state} onChange={change} />
        <p class="share">
          <CopyButton text={`${location.origin}/try${toFragment(question)}`} what="a link to this question" />
          <span class="quiet small">A link to this question. Header values, query and passwords are left out.</span>
        </p>
      </section>
      <section class="try-answer" aria-label="The answer">
        {state.error === undefined ? null : <Fault error={state.error} />}
        {state.answer === undefined ? (
          <p class="quiet">{state.error === undefined ? missing(question) : ""}</p>
        ) : (
          <Answered question={question} answer={state.answer} onChange={change} />
        )}
      </section>
    </>
  );
}

function missing({ origin, url, against }: Question): string {
  if (originFault(origin) !== undefined || urlFault(url) !== undefined) return "Fill in the page and the URL.";
  if (against === "live") return "Nothing was sent yet.";
  return against === "own" ? "Mend the policy, and the answer is drawn here." : "Reading the policy…";
}

interface AnsweredProps {
  readonly question: Question;
  readonly answer: Answer;
  onChange(change: Partial<Question>): void;
}

function Answered({ question, answer, onChange }: AnsweredProps): JSX.Element | null {
  const trace = answer.traces.get(question.engine);
  if (trace === undefined) return null;
  return (
    <>
      <EnginePicker traces={answer.traces} chosen={question.engine} onChoose={(engine) => onChange({ engine })} />
      <section class="story">
        <h2>In plain words</h2>
        <p>{storyOf(trace, { ...question, page: question.origin }).join(" ")}</p>
        <p class="quiet small">{answer.note}</p>
        {answer.warnings.map(({ says, fix }) => (
          <p class="small" key={says}>
            <Sign standing="look" /> {says} <span class="quiet">{fix}</span>
          </p>
        ))}
      </section>
      <Timeline trace={trace} page={question.origin} url={question.url} judge={judgeWords(question.engine)} />
    </>
  );
}

interface EnginePickerProps {
  readonly traces: ReadonlyMap<Engine, Trace>;
  readonly chosen: Engine;
  onChoose(engine: Engine): void;
}

/** The verdict of each engine; the one that is chosen is drawn below. */
export function EnginePicker({ traces, chosen, onChoose }: EnginePickerProps): JSX.Element {
  return (
    <fieldset class="engines">
      <legend class="hidden">Whose browser?</legend>
      {engines.map(({ engine, name }) => {
        const outcome = traces.get(engine)?.outcome;
        return (
          <label key={engine} class="engine" data-chosen={engine === chosen}>
            <input type="radio" name="engine" checked={engine === chosen} onChange={() => onChoose(engine)} />
            <span class="engine-name">{name}</span>
            <span class="engine-verdict">
              <Sign standing={outcome === undefined ? "neutral" : outcome === "ok" ? "yes" : "no"} />{" "}
              {outcome === undefined ? "not asked" : outcome === "ok" ? "reads it" : "refuses"}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
