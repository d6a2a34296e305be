import { redactUrl } from "@corsmith/cors/browser";
import { countByMethod } from "../check/sent-report.ts";
import { PacedLine } from "../live/paced-client.ts";
import { whyUnreached } from "../live/unreached.ts";
import type { AuditOptions, AuditReport, AuditRequest } from "./audit-report.ts";
import { answersTo, answerTo, type Evidence, letsIn, opennessOf, welcomed, welcomedPreflights } from "./evidence.ts";
import { findingsOf } from "./findings.ts";
import { lookalikesOf, sharedOrigins } from "./probes/origin-variant.ts";
import { type Answered, getAs, type Probe } from "./probes/probe.ts";
import { besideProbes, firstProbes, rebindingProbe, welcomedProbes } from "./probes/probes.ts";
import { cleanHeadline, findingsHeadline, judgedCodes, notesOf } from "./summary.ts";
import { basesOf, isDeclared, type Target, type Trusted, targetOf, trustedBy } from "./target.ts";

/**
 * Asks a live API as foreign pages would, and says which mistakes its answers show. Sends GET and OPTIONS only, one request at a time,
 * 150 at most.
 */
export async function auditApi(request: AuditRequest, options: AuditOptions = {}): Promise<AuditReport> {
  const target = targetOf(request.url);
  const trusted = trustedBy(request.origins);
  const line = new PacedLine(request, options);
  const first = await line.askAll("whom it lets in", firstProbes(target.url, trusted.origins));
  if (first.length === 0) return unreached(request, line);
  const evidence = (answered: readonly Answered[]): Evidence => ({
    target,
    origins: trusted.origins,
    hasCookie: request.headers.some(([name]) => /^cookie$/i.test(name)),
    answered,
  });
  const answered = [...first];
  for (const [doing, probes] of furtherProbes(evidence(first), trusted, options)) {
    answered.push(...(await line.askAll(doing, probes)));
  }
  return await report(request, evidence(answered), line, options);
}

type Stage = readonly [doing: string, probes: readonly Probe[]];

/** What the first answers make worth asking. */
function furtherProbes(evidence: Evidence, trusted: Trusted, { rebinding = false }: AuditOptions): readonly Stage[] {
  const { target } = evidence;
  const stranger = answerTo(evidence, "stranger")?.origin ?? "null";
  const asker = welcomed(evidence)?.origin ?? welcomedPreflights(evidence).find(letsIn)?.origin;
  const isServedNear = !target.isHttps && (target.isLoopback || target.isPrivate);
  return [
    ["what it grants", asker === undefined ? [] : welcomedProbes(target.url, asker, stranger)],
    ["whom it takes for somebody else", opennessOf(evidence) === "selective" ? variants(target, trusted) : []],
    [
      "what goes past the policy",
      [...besideProbes(target, stranger), ...(rebinding && isServedNear ? [rebindingProbe(target)] : [])],
    ],
  ];
}

function variants(target: Target, trusted: Trusted): readonly Probe[] {
  const lookalikes = basesOf(trusted, target).flatMap((base) => lookalikesOf(base, target));
  const shared = sharedOrigins({ isNear: target.isLoopback || target.isPrivate });
  const foreign = [...lookalikes, ...shared].filter(({ origin }) => !isDeclared(origin, trusted));
  const different = new Map(foreign.map((variant) => [variant.origin, variant]));
  return [...different.values()].map(({ origin, code }) => getAs(origin, target.url, "variant", { variant: code }));
}

async function report(
  request: AuditRequest,
  evidence: Evidence,
  line: PacedLine,
  { insecure = false }: AuditOptions,
): Promise<AuditReport> {
  const findings = await findingsOf(evidence, request.headers, insecure);
  const isClean = findings.every(({ severity }) => severity === "info");
  const known = answersTo(evidence, "known");
  return {
    verdict: isClean ? "clean" : "findings",
    headline: isClean ? cleanHeadline(evidence, findings) : findingsHeadline(findings),
    url: redactUrl(request.url),
    origins: evidence.origins.map((origin) => ({
      origin,
      letIn: known.some((one) => one.origin === origin && letsIn(one)),
    })),
    openness: opennessOf(evidence),
    findings,
    judged: judgedCodes(evidence),
    notes: notesOf(evidence, line.gaveUp ? line.lastError : undefined),
    sentByMethod: countByMethod(line.sent),
  };
}

function unreached({ url }: AuditRequest, line: PacedLine): AuditReport {
  const why = whyUnreached(url, line.lastError);
  return {
    verdict: "unreached",
    headline: `Not reached: ${why.says}`,
    url: redactUrl(url),
    origins: [],
    findings: [],
    judged: [],
    notes: [],
    unreached: why,
    sentByMethod: countByMethod(line.sent),
  };
}
