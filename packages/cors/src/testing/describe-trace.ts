import {
  type Exchange,
  failureOf,
  formatStep,
  type HeaderList,
  redactTrace,
  type Step,
  sectionOf,
  type Trace,
} from "../browser/index.ts";
import { printable } from "../http/printable.ts";

const maxLine = 300;
const shownRequestHeaders = /^(?:origin|access-control-request-.*|authorization|cookie)$/i;
const shownResponseHeaders = /^(?:access-control-.*|vary|location)$/i;

/**
 * A trace for people, as plain text of several lines: why the fetch failed and who must act, every step, and of each exchange the headers
 * that have to do with CORS. Secrets are removed, and foreign text is capped and escaped.
 *
 * @example
 * ```ts
 * import { openPage } from "@corsmith/cors/browser";
 * import { describeTrace, transportFromPolicy } from "@corsmith/cors/testing";
 *
 * const transport = transportFromPolicy({ allowOrigins: ["https://app.example.com"] });
 * const page = openPage({ origin: "https://evil.example", transport });
 * const text = describeTrace(await page.trace("https://api.example.com/"));
 * console.assert(text.startsWith("Blocked by the browser (missing-allow-origin)"));
 * ```
 */
export function describeTrace(trace: Trace): string {
  const { steps, exchanges } = redactTrace(trace);
  return [
    ...reason(trace, steps),
    "",
    "What the browser did:",
    ...steps.map(describeStep),
    "",
    "What went over the wire:",
    ...(exchanges.length === 0 ? ["  nothing"] : exchanges.flatMap(describeExchange)),
  ].join("\n");
}

function reason(trace: Trace, steps: readonly Step[]): readonly string[] {
  if (trace.outcome === "ok") return [`The browser lets the page read the response (status ${trace.response.status}).`];
  const failed = steps.findLast(({ result }) => result === "failed");
  return [
    `Blocked by the browser (${trace.code}): ${failed === undefined ? "" : shown(formatStep(failed))}`,
    `What to do: ${failureOf(trace.code).fix}`,
    ...(failed === undefined ? [] : [`The rule: ${sectionOf(failed.step)}`]),
  ];
}

const marks: Readonly<Record<Step["result"], string>> = { passed: "ok  ", failed: "FAIL", note: "    " };

function describeStep(step: Step, index: number): string {
  return `  ${String(index + 1).padStart(2)}. ${marks[step.result]} ${shown(formatStep(step))}`;
}

function describeExchange({ request, response }: Exchange): readonly string[] {
  const answer =
    response === undefined
      ? ["  <- no answer"]
      : [
          `  <- ${response.status} ${shown(response.statusText)}`.trimEnd(),
          ...lines(response.headers, shownResponseHeaders),
        ];
  return [
    `  -> ${shown(`${request.method} ${request.url}`)}`,
    ...lines(request.headers, shownRequestHeaders),
    ...answer,
  ];
}

function lines(headers: HeaderList, wanted: RegExp): readonly string[] {
  return headers.filter(([name]) => wanted.test(name)).map(([name, value]) => `     ${shown(`${name}: ${value}`)}`);
}

function shown(text: string): string {
  return printable(text, maxLine);
}
