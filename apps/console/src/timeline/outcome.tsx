import { failureOf, formatStep, sectionOf, type Trace } from "@corsmith/cors/browser";
import type { JSX } from "preact";
import { Fact } from "../components/layout.tsx";
import { StatusIcon } from "../components/status-icon.tsx";

/** The verdict, the rule in a sentence, and what to do. */
export function Outcome({ trace }: { readonly trace: Trace }): JSX.Element {
  return trace.outcome === "ok" ? <Passed trace={trace} /> : <Blocked trace={trace} />;
}

function Passed({ trace }: { readonly trace: Extract<Trace, { outcome: "ok" }> }): JSX.Element {
  const { response, exchanges } = trace;
  const asked = exchanges.some(({ kind }) => kind === "preflight");
  return (
    <div class="outcome" data-tone="yes">
      <h3>
        <StatusIcon tone="yes" />{" "}
        {response.type === "opaque" ? "Sent, but the response cannot be read" : "The script may read the response"}
      </h3>
      <p>{passedSentence(response, asked)}</p>
      {response.headers.length === 0 ? null : (
        <p class="small">
          It can read these headers: {response.headers.map(([name]) => name).join(", ")}. Only a few are readable by
          default; the others must be listed in <code>Access-Control-Expose-Headers</code>.
        </p>
      )}
    </div>
  );
}

function passedSentence({ status, type }: { readonly status: number; readonly type: string }, asked: boolean): string {
  if (type === "basic") return `The page calls its own origin, so CORS does not apply. The status is ${status}.`;
  if (type === "opaque") return "With mode: no-cors the browser sends the request and hides the whole response.";
  const preflight = asked
    ? "The server allowed it in the preflight and again in its response"
    : "The response allows the page’s origin";
  return `${preflight}. The status is ${status}${status >= 400 ? ", an error that the script can read" : ""}.`;
}

function Blocked({ trace }: { readonly trace: Extract<Trace, { outcome: "error" }> }): JSX.Element {
  const failed = trace.steps.findLast(({ result }) => result === "failed");
  const { fix } = failureOf(trace.code);
  return (
    <div class="outcome" data-tone="no">
      <h3>
        <StatusIcon tone="no" /> Blocked: the script cannot read the response
      </h3>
      <dl class="facts stack">
        <Fact name="The rule">
          {failed === undefined ? "The fetch failed." : formatStep(failed)}{" "}
          {failed === undefined ? null : (
            <a href={sectionOf(failed.step)} rel="noreferrer" target="_blank">
              Fetch standard<span class="hidden">, opens a new tab</span>
            </a>
          )}
        </Fact>
        <Fact name="What to do">{fix}</Fact>
        <Fact name="What happened on the server">{onTheServer(trace)}</Fact>
        <Fact name="Failure code">
          <code>{trace.code}</code>
        </Fact>
      </dl>
    </div>
  );
}

function onTheServer({ exchanges }: Trace): string {
  const last = exchanges.at(-1);
  if (last === undefined) return "Nothing: no byte was sent.";
  if (last.response === undefined) return "No response arrived, so it is unknown whether the server acted.";
  return last.kind === "actual"
    ? "It received the request and acted on it. The browser only hides the response: CORS does not protect an API from being called."
    : "It answered the preflight only: the request itself was never sent.";
}
