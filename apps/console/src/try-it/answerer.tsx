import type { JSX } from "preact";
import type { PolicyReading } from "../policy/policy-text.ts";
import type { AnswerState } from "./ask.ts";
import type { Against, Question } from "./question.ts";

interface AnswererProps {
  readonly question: Question;
  readonly reading: PolicyReading;
  readonly state: AnswerState;
  onChange(change: Partial<Question>): void;
}

const sides: readonly { readonly against: Against; readonly word: string; readonly means: string }[] = [
  { against: "own", word: "The policy below", means: "" },
  {
    against: "in-force",
    word: "The active policy",
    means:
      "The policy that the gateway enforces at this path now. It is read from the server and simulated in this tab.",
  },
  {
    against: "live",
    word: "The live API",
    means:
      "Corsmith sends what a browser would send, to the gateway or the API behind it: OPTIONS, and GET or HEAD. For a method that could change something, only the preflight is sent.",
  },
];

/** Who answers: a policy that is written here, the active one, or the API itself. */
export function Answerer({ question, reading, state, onChange }: AnswererProps): JSX.Element {
  const { against } = question;
  return (
    <div class="answerer stack">
      <fieldset class="sides">
        <legend class="label">Answered by</legend>
        {sides.map((side) => (
          <label class="check" key={side.against}>
            <input
              type="radio"
              name="against"
              checked={side.against === against}
              onChange={() => onChange({ against: side.against })}
            />
            {side.word}
          </label>
        ))}
      </fieldset>
      {against === "own" ? (
        <OwnPolicy text={question.policyText} reading={reading} onInput={(policyText) => onChange({ policyText })} />
      ) : (
        <p class="quiet small">{sides.find((side) => side.against === against)?.means}</p>
      )}
      {against === "live" ? (
        <button type="button" class="main" aria-disabled={state.asking} onClick={state.askLive}>
          {state.asking ? "Sending…" : "Send to the live API"}
        </button>
      ) : null}
    </div>
  );
}

interface OwnPolicyProps {
  readonly text: string;
  readonly reading: PolicyReading;
  onInput(text: string): void;
}

function OwnPolicy({ text, reading, onInput }: OwnPolicyProps): JSX.Element {
  return (
    <div>
      <label class="hidden" for="try-policy">
        The policy
      </label>
      <textarea
        id="try-policy"
        class="code"
        rows={8}
        spellcheck={false}
        value={text}
        aria-describedby="try-policy-findings"
        aria-invalid={reading.policy === undefined ? "true" : undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <ul id="try-policy-findings" class="small">
        {reading.findings.map((finding) => (
          <li key={`${finding.line} ${finding.code}`} class="field-error small">
            Line {finding.line}: {finding.message} <span class="quiet">Fix: {finding.fix}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
