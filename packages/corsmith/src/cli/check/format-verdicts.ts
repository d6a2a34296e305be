import type { CheckReport, EngineVerdict } from "../../check/check-report.ts";
import { browserName } from "../../check/headline.ts";
import type { Style } from "../labelled.ts";
import { row } from "./format-row.ts";

/** What each browser comes to, and for how long it keeps the preflight's answer. */
export function formatVerdicts({ engines, verdict, decidedBy, failure }: CheckReport, style: Style): readonly string[] {
  if (verdict === "unreached") return [];
  const browsers = engines.filter(({ engine }) => engine !== "standard");
  const standard = engines.find(({ engine }) => engine === "standard");
  const agree = browsers.every((one) => one.verdict === verdict);
  const basis = browsers.every((one) => one.basis === "preflight") ? ", as far as the preflight tells" : "";
  const text = agree ? `${verdict} in Chrome, Firefox and Safari${basis}` : browsers.map(one).join(", ");
  const differs =
    standard !== undefined && standard.verdict !== verdict ? `; the Fetch standard says ${standard.verdict}` : "";
  const by = decidedBy === "browsers" ? "" : `; decided by ${browserName(decidedBy)}`;
  const code = failure === undefined ? [] : row("Code", codes(failure.code, engines), style);
  return [...row("Verdict", `${text}${differs}${by}`, style), ...code, ...maxAge(engines, style)];
}

/** The real ones are engines, not brands: WebKit here is not Safari. */
const engineNames = { chromium: "Chromium", firefox: "Firefox", webkit: "WebKit" } as const;

/** The simulated browser and the real one, side by side. */
export function formatRealBrowser({ browser, engines }: CheckReport, style: Style): readonly string[] {
  if (browser === undefined) return [];
  const { engine, version, verdict, says, code, console: messages } = browser;
  const name = engineNames[engine];
  if (verdict === "not-asked") return row("Really", `${name} was not asked: ${says}`, style);
  const expected = engines.find((one) => one.engine === engine)?.verdict;
  const met = (expected === "allowed") === (verdict === "allowed") ? "as expected" : `and ${expected} was expected`;
  const written = code === undefined ? "" : ` (${code})`;
  return [
    ...row("Really", `${verdict} in ${name} ${version ?? ""}, ${met}: ${says}${written}`, style),
    ...messages.flatMap((message) => row("", `console: ${message}`, style)),
  ];
}

function one({ engine, verdict }: EngineVerdict): string {
  return `${verdict} in ${browserName(engine)}`;
}

/** The code, and which browsers call it otherwise. */
function codes(code: string, engines: readonly EngineVerdict[]): string {
  const others = engines.filter((engine) => engine.code !== undefined && engine.code !== code);
  if (others.length === 0) return code;
  return `${code} (${others.map((engine) => `${browserName(engine.engine)}: ${engine.code}`).join(", ")})`;
}

function maxAge(engines: readonly EngineVerdict[], style: Style): readonly string[] {
  const browsers = engines.filter(({ engine, maxAgeSeconds }) => engine !== "standard" && maxAgeSeconds !== undefined);
  if (browsers.length === 0) return [];
  const seconds = new Set(browsers.map(({ maxAgeSeconds }) => maxAgeSeconds));
  const text =
    seconds.size === 1
      ? `${[...seconds][0]} s in every browser`
      : browsers.map(({ engine, maxAgeSeconds }) => `${maxAgeSeconds} s in ${browserName(engine)}`).join(", ");
  return row("Kept", `the preflight's answer, for ${text}`, style);
}
