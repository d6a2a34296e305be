import { type Exchange, formatStep, type Header, type Step, sectionOf } from "@corsmith/cors/browser";
import type { JSX } from "preact";
import { StatusIcon } from "../components/status-icon.tsx";
import type { Leg } from "./legs.ts";
import { headerName, headingOf, type LookedAt, lookedAt } from "./words.ts";

interface LegViewProps {
  readonly leg: Leg;
  readonly number: number;
  readonly afterRedirect: boolean;
}

/** One trip: the browser sends, the server answers, the browser checks. */
export function LegView({ leg, number, afterRedirect }: LegViewProps): JSX.Element {
  const { kind, before, exchange, after } = leg;
  const failed = after.find(({ result }) => result === "failed");
  return (
    <li class="leg">
      <h4>
        <span class="leg-number">{number}</span> {kind === "preflight" ? "The preflight" : requestTitle(afterRedirect)}
      </h4>
      <p class="leg-words quiet small">{explanation(kind, exchange !== undefined)}</p>
      <div class="card box stack lane-browser">
        <h5 class="quiet small">{exchange === undefined ? "The browser stops" : "The browser sends"}</h5>
        <Steps steps={before} />
        {exchange === undefined ? null : <RequestHead exchange={exchange} />}
      </div>
      {exchange === undefined ? null : (
        <>
          <Arrow direction="there" />
          <div class="card box stack lane-server" data-failed={failed !== undefined}>
            <h5 class="quiet small">The server responds</h5>
            <ResponseHead exchange={exchange} after={after} failed={failed} />
          </div>
          {exchange.response === undefined ? null : <Arrow direction="back" />}
          <div class="card box stack lane-browser">
            <h5 class="quiet small">The browser checks</h5>
            {after.length === 0 ? (
              <p class="small">Nothing: the page calls its own origin.</p>
            ) : (
              <Steps steps={after} />
            )}
          </div>
        </>
      )}
    </li>
  );
}

function requestTitle(afterRedirect: boolean): string {
  return afterRedirect ? "The request again, to the redirect’s target" : "The request itself";
}

function explanation(kind: Leg["kind"], sent: boolean): string {
  if (!sent) return "The browser blocks the request before anything leaves the machine.";
  return kind === "preflight"
    ? "Before it sends such a request, the browser asks the server for permission. The page’s script never sees this."
    : "The browser sends it, the server acts on it, and only then does the browser decide whether the script may read the response.";
}

function Steps({ steps }: { readonly steps: readonly Step[] }): JSX.Element {
  return (
    <ul class="steps icon-list stack">
      {steps.map((step, at) => (
        <li key={String(at)} data-result={step.result}>
          <StatusIcon tone={step.result === "failed" ? "no" : step.result === "passed" ? "yes" : "neutral"} />
          <span>
            <span class="step-title">
              {headingOf(step)}
              <span class="hidden">{resultWord(step)}</span>
            </span>
            <span class="step-message">{formatStep(step, { omitHeader: step.result === "passed" })}</span>{" "}
            {step.result === "note" ? null : <RuleLink section={sectionOf(step.step)} />}
          </span>
        </li>
      ))}
    </ul>
  );
}

function resultWord({ result }: Step): string {
  if (result === "note") return ": ";
  return result === "passed" ? ", passed: " : ", failed: ";
}

function RuleLink({ section }: { readonly section: string }): JSX.Element {
  return (
    <a class="small rule" href={section} rel="noreferrer" target="_blank">
      the rule<span class="hidden"> in the Fetch standard, opens a new tab</span>
    </a>
  );
}

function RequestHead({ exchange: { request } }: { readonly exchange: Exchange }): JSX.Element {
  return (
    <div class="http raw">
      <p>
        <strong>{request.method}</strong> {pathOf(request.url)}
      </p>
      <HeaderLines headers={request.headers} mark={undefined} />
    </div>
  );
}

interface ResponseHeadProps {
  readonly exchange: Exchange;
  readonly after: readonly Step[];
  readonly failed: Step | undefined;
}

function ResponseHead({ exchange: { response }, after, failed }: ResponseHeadProps): JSX.Element {
  if (response === undefined) return <p class="small">There was no response.</p>;
  const mark = failed === undefined ? undefined : lookedAt(failed);
  const missing =
    mark !== undefined && mark !== "status" && !response.headers.some(([name]) => name.toLowerCase() === mark);
  const counted = after.map(lookedAt).filter((name) => name !== undefined);
  return (
    <div class="http raw">
      <p data-mark={mark === "status"}>
        <strong>{response.status}</strong> {response.statusText}
      </p>
      <HeaderLines headers={response.headers} mark={mark} counted={counted} />
      {missing ? (
        <p class="http-missing" data-mark>
          <StatusIcon tone="no" /> {headerName(mark)}: <em>missing</em>
        </p>
      ) : null}
    </div>
  );
}

interface HeaderLinesProps {
  readonly headers: readonly Header[];
  /** The one that failed. */
  readonly mark: LookedAt | undefined;
  /** Those that it looked at: they are always shown, and the rest is folded away if it is long. */
  readonly counted?: readonly LookedAt[];
}

/** Header lines that have nothing to do with CORS are folded away where there are more of them than this. */
const maxOthers = 4;

function HeaderLines({ headers, mark, counted = [] }: HeaderLinesProps): JSX.Element {
  const others = headers.filter(([name]) => !isRelevant(name, counted));
  if (others.length <= maxOthers) return <HeaderList headers={headers} mark={mark} />;
  return (
    <>
      <HeaderList headers={headers.filter((header) => !others.includes(header))} mark={mark} />
      <details class="others small">
        <summary>{others.length} more headers</summary>
        <HeaderList headers={others} mark={undefined} />
      </details>
    </>
  );
}

function HeaderList({ headers, mark }: Omit<HeaderLinesProps, "counted">): JSX.Element {
  return (
    <ul>
      {headers.map(([name, value], at) => (
        <li key={`${at} ${name}`} data-mark={name.toLowerCase() === mark}>
          {name.toLowerCase() === mark ? <StatusIcon tone="no" /> : null}
          <span class="http-name quiet">{headerName(name.toLowerCase())}:</span> <bdi>{value}</bdi>
        </li>
      ))}
    </ul>
  );
}

function isRelevant(name: string, counted: readonly LookedAt[]): boolean {
  const lower = name.toLowerCase();
  return lower.startsWith("access-control-") || lower === "origin" || lower === "vary" || counted.includes(lower);
}

function Arrow({ direction }: { readonly direction: "there" | "back" }): JSX.Element {
  return (
    <svg class="arrow" data-direction={direction} viewBox="0 0 48 16" preserveAspectRatio="none" aria-hidden="true">
      <path
        d="M0 8h44M38 3l6 5-6 5"
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        vector-effect="non-scaling-stroke"
      />
    </svg>
  );
}

function pathOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? url : `${parsed.pathname}${parsed.search}`;
}
