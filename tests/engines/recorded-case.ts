import type { Agreed, OracleCase, RealEngine, Verdict, WireRequest } from "../oracle/oracle-case.ts";
import { realEngines } from "../oracle/oracle-case.ts";
import type { PlayedCase, UnplayedCase } from "./play-case.ts";

type Played = Readonly<Record<RealEngine, PlayedCase>>;

/** Header names of which it is worth knowing that nobody sent them. */
const notable = ["origin", "cookie", "authorization", "access-control-request-headers"];

/** One line of the recording: what each engine did, and apart from that what all three agree on. */
export function recordedCase(recorded: UnplayedCase & Partial<OracleCase>, played: Played): OracleCase {
  const { engines: _engines, wire: _wire, ...unplayed } = recorded;
  const wires = realEngines.map((engine) => played[engine].wire);
  const wire = commonWire(wires);
  const same = wire !== undefined && wires.every((own) => JSON.stringify(own) === JSON.stringify(wires[0]));
  const steps = unplayed.steps.map((step, index) => {
    const { expect: _before, ...asked } = step;
    const expect = commonVerdict(
      realEngines.map((engine) => played[engine].steps[index]),
      sentNames(unplayed),
    );
    return expect === undefined ? asked : { ...asked, expect };
  });
  const verdictOf = (engine: RealEngine): OracleCase["engines"][RealEngine] => ({
    steps: played[engine].steps,
    ...(same ? {} : { wire: played[engine].wire }),
  });
  const engines = { chromium: verdictOf("chromium"), firefox: verdictOf("firefox"), webkit: verdictOf("webkit") };
  return { ...unplayed, steps, ...(wire === undefined ? {} : { wire }), engines };
}

function commonVerdict(verdicts: readonly (Verdict | undefined)[], sent: readonly string[]): Agreed | undefined {
  const [first] = verdicts;
  if (first === undefined || verdicts.some((verdict) => verdict?.outcome !== first.outcome)) return undefined;
  if (first.outcome === "error") return { outcome: "error" };
  const agreed = <Key extends "status" | "type" | "redirected">(key: Key): Pick<Verdict, Key> | undefined =>
    verdicts.every((verdict) => verdict?.[key] === first[key])
      ? ({ [key]: first[key] } as Pick<Verdict, Key>)
      : undefined;
  const visible = (first.headers ?? []).filter(
    ([name, value]) =>
      name !== "content-length" &&
      verdicts.every((verdict) => verdict?.headers?.some(([own, shown]) => own === name && shown === value)),
  );
  const shown = new Set(verdicts.flatMap((verdict) => (verdict?.headers ?? []).map(([name]) => name)));
  const kept = sent.filter((name) => !shown.has(name));
  return { outcome: "ok", ...agreed("status"), ...agreed("type"), ...agreed("redirected"), visible, hidden: kept };
}

/** Every header that a server of the case sends with an answer that is not one to a preflight. */
function sentNames({ server }: UnplayedCase): readonly string[] {
  const names = Object.values(server).flatMap(({ actual }) => actual.headers.map(([name]) => name.toLowerCase()));
  return [...new Set(names)];
}

/** What all three sent, if it was the same methods and URLs in the same order. */
function commonWire(wires: readonly (readonly WireRequest[])[]): readonly WireRequest[] | undefined {
  const lines = wires.map((wire) => wire.map(({ method, url }) => `${method} ${url}`).join("\n"));
  if (new Set(lines).size > 1) return undefined;
  return wires[0]?.map(({ method, url, headers }, index) => {
    const all = wires.map((wire) => wire[index]?.headers ?? {});
    const shared = Object.entries(headers).filter(([name, value]) => all.every((own) => own[name] === value));
    const absent = notable.filter((name) => all.every((own) => own[name] === undefined));
    return { method, url, headers: Object.fromEntries(shared), absent };
  });
}

/** What the recording says of one engine, as if it had just been played. */
export function recordedPlay({ steps, wire, engines }: OracleCase, engine: RealEngine): PlayedCase {
  const own = engines[engine];
  const verdicts = own.steps.map((verdict, index): Verdict => {
    if (verdict.outcome === "error") return verdict;
    return { ...verdict, headers: verdict.headers ?? steps[index]?.expect?.visible ?? [] };
  });
  const sent = (own.wire ?? wire ?? []).map(({ method, url, headers }) => ({ method, url, headers }));
  return { steps: verdicts, wire: sent, consoleMessages: [] };
}
