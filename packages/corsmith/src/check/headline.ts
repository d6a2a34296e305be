import type { Engine } from "@corsmith/cors/browser";
import { printable } from "@corsmith/cors/observe";
import type { Unreached } from "../live/unreached.ts";
import type { Diagnosis } from "./check-finding.ts";
import type { EngineVerdict } from "./check-report.ts";
import type { CheckRequest } from "./check-request.ts";
import type { Judgement, Verdict } from "./judge.ts";

/** What the headline is made of. */
export interface HeadlineParts {
  readonly request: CheckRequest;
  readonly verdict: Verdict;
  readonly shown: Judgement;
  readonly engines: readonly EngineVerdict[];
  readonly diagnosis: Diagnosis | undefined;
  readonly unreached: Unreached | undefined;
}

/** What people call the browser of this engine. */
export const browserNames: Readonly<Record<Engine, string>> = {
  standard: "the Fetch standard",
  chromium: "Chrome",
  firefox: "Firefox",
  webkit: "Safari",
};

/** The verdict and its reason in one sentence: what a newcomer reads first. */
export function headlineOf(parts: HeadlineParts): string {
  const { verdict, unreached, diagnosis, shown } = parts;
  if (verdict === "unreached") return `${unreached?.message ?? "No response came."} This is not a CORS problem.`;
  const distrusted = shown.exchanges.some(({ sent }) => sent.answer?.certificateProblem !== undefined);
  if (verdict === "blocked") {
    const also = distrusted ? " The certificate is not trusted either." : "";
    return `Blocked${inSome(parts)}: ${diagnosis?.message ?? "the browser refuses"}.${also}`;
  }
  const but = shown.doubt === undefined ? "" : " by the preflight, but perhaps not readable";
  const once = distrusted ? " once the certificate is trusted" : "";
  return `Allowed${inSome(parts)}${but}${once}: ${whyAllowed(shown, parts.request)}.`;
}

/** Names browsers only where they do not agree. */
function inSome({ engines, verdict }: HeadlineParts): string {
  const browsers = engines.filter(({ engine }) => engine !== "standard");
  const agreeing = browsers.filter((one) => one.verdict === verdict);
  if (agreeing.length === browsers.length) return "";
  return agreeing.length === 0
    ? " by the Fetch standard"
    : ` in ${agreeing.map(({ engine }) => browserNames[engine]).join(" and ")}`;
}

function whyAllowed({ basis, exchanges, trace, doubt }: Judgement, { method, origin }: CheckRequest): string {
  const shown = printable(method, 20);
  if (doubt !== undefined) return `the ${shown} itself was not sent, and a GET of the same URL would be blocked`;
  if (basis === "preflight")
    return `the preflight permits ${shown}. The ${shown} itself was not sent, so its response is not known`;
  if (basis === "safe-probe")
    return `${shown} needs no preflight and was not sent, but a GET of the same URL is readable`;
  if (trace.outcome === "ok" && trace.response.type === "opaque")
    return `the request goes out, but with mode "no-cors" the page sees nothing of the response`;
  if (trace.outcome === "ok" && trace.response.type === "basic")
    return `the page calls its own origin, so CORS does not apply`;
  const status = exchanges.at(-1)?.response?.status ?? 0;
  const bad = status >= 400 ? ` (an error of the API, not of CORS)` : "";
  return `a page of ${printable(origin, 120)} can read the response, ${status}${bad}`;
}
