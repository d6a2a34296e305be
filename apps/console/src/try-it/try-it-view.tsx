import "./try-it.css";
import type { Engine, Trace } from "@corsmith/cors/browser";
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { CopyButton } from "../components/code-block.tsx";
import { PageHead } from "../components/layout.tsx";
import { ErrorMessage } from "../components/query-state.tsx";
import { StatusIcon } from "../components/status-icon.tsx";
import { readPolicyText } from "../policy/policy-text.ts";
import { storyOf } from "../timeline/story.ts";
import { Timeline } from "../timeline/timeline.tsx";
import { judgeWords } from "../timeline/words.ts";
import { Answerer } from "./answerer.tsx";
import { type Answer, engines, useAnswer } from "./ask.ts";
import { firstQuestion, originError, type Question, urlError } from "./question.ts";
import { QuestionForm } from "./question-form.tsx";
import { fromFragment, toFragment } from "./share-link.ts";

/** “Will it CORS?”: a page, a request, and what answers; the browser is simulated in this tab. */
export function TryItView(): JSX.Element {
  const [question, setQuestion] = useState<Question>(() => fromFragment(location.hash) ?? firstQuestion);
  const reading = useMemo(() => readPolicyText(question.policyText), [question.policyText]);
  const state = useAnswer(question, reading.policy);
  const change = (part: Partial<Question>): void => setQuestion({ ...question, ...part });
  return (
    <>
      <PageHead title="Will it CORS?" tab="Try it">
        Describe a request that a page’s script makes, and see what the browser and the server exchange.
      </PageHead>
      <section class="try-ask columns box" aria-label="Question">
        <QuestionForm question={question} onChange={setQuestion} />
        <Answerer question={question} reading={reading} state={state} onChange={change} />
        <p class="share">
          <CopyButton text={`${location.origin}/try${toFragment(question)}`} what="a link to this request" />
          <span class="quiet small">Link to this request. Header values, query and passwords are left out.</span>
        </p>
      </section>
      <section class="try-answer stack gap-3" aria-label="Answer">
        {state.error === undefined ? null : <ErrorMessage error={state.error} />}
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
  if (originError(origin) !== undefined || urlError(url) !== undefined) return "Enter the page and the URL.";
  if (against === "live") return "Nothing has been sent yet.";
  return against === "own" ? "Correct the policy to see the result here." : "Loading…";
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
        <h2>In short</h2>
        <p>{storyOf(trace, { ...question, page: question.origin }).join(" ")}</p>
        <p class="quiet small">{answer.note}</p>
        {answer.warnings.map(({ says, fix }) => (
          <p class="small" key={says}>
            <StatusIcon tone="warn" /> {says} <span class="quiet">{fix}</span>
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

/** The verdict of each engine; the chosen one is shown below. */
export function EnginePicker({ traces, chosen, onChoose }: EnginePickerProps): JSX.Element {
  return (
    <fieldset class="engines">
      <legend class="hidden">Browser</legend>
      {engines.map(({ engine, name }) => {
        const outcome = traces.get(engine)?.outcome;
        return (
          <label key={engine} class="engine box" data-chosen={engine === chosen}>
            <input type="radio" name="engine" checked={engine === chosen} onChange={() => onChoose(engine)} />
            <span class="bold">{name}</span>
            <span class="engine-verdict small">
              <StatusIcon tone={outcome === undefined ? "neutral" : outcome === "ok" ? "yes" : "no"} />{" "}
              {outcome === undefined ? "not checked" : outcome === "ok" ? "allowed" : "blocked"}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
