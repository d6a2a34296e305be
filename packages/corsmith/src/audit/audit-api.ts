import { redactUrl } from "@corsmith/cors/browser";
import { PacedClient } from "../live/paced-client.ts";
import { countByMethod } from "../live/send.ts";
import { whyUnreached } from "../live/unreached.ts";
import type { AuditOptions, AuditReport, AuditRequest } from "./audit-report.ts";
import { allows, type Evidence, evidenceOf } from "./evidence.ts";
import { findingsOf } from "./findings.ts";
import { lookalikesOf, sharedOrigins } from "./probes/origin-variant.ts";
import { type Answered, getAs, type Probe } from "./probes/probe.ts";
import { bypassProbes, firstProbes, grantProbes, rebindingProbe } from "./probes/probes.ts";
import { cleanHeadline, findingsHeadline, judgedCodes, notesOf } from "./summary.ts";
import { basesOf, isDeclared, type Target, type Trusted, targetOf, trustedBy } from "./target.ts";

/**
 * Calls a live API as pages of other sites would, and says which mistakes its answers show. Sends GET and OPTIONS only, one request at a time,
 * 150 at most.
 */
export async function auditApi(request: AuditRequest, options: AuditOptions = {}): Promise<AuditReport> {
  const target = targetOf(request.url);
  const trusted = trustedBy(request.origins);
  const client = new PacedClient(request.headers, options);
  const first = await client.askAll("which pages it allows", firstProbes(target.url, trusted.origins));
  if (first.length === 0) return unreached(request, client);
  const hasCookie = request.headers.some(([name]) => /^cookie$/i.test(name));
  const evidence = (answered: readonly Answered[]) => evidenceOf(answered, target, trusted.origins, hasCookie);
  const answered = [...first];
  for (const [doing, probes] of furtherProbes(evidence(first), trusted, options)) {
    answered.push(...(await client.askAll(doing, probes)));
  }
  return await reportOf(request, evidence(answered), client, options);
}

/** What the first answers make worth asking. */
function furtherProbes(evidence: Evidence, trusted: Trusted, { rebinding = false }: AuditOptions) {
  const { target } = evidence;
  const unknownOrigin = evidence.first("unknown-origin")?.origin ?? "null";
  const asker = evidence.allowed?.origin ?? evidence.preflights.find(allows)?.origin;
  const isServedNear = !target.isHttps && (target.isLoopback || target.isPrivate);
  const atForeignHost = rebinding && isServedNear ? [rebindingProbe(target)] : [];
  return [
    ["what it grants", asker === undefined ? [] : grantProbes(target.url, asker, unknownOrigin)],
    ["which lookalikes it allows", evidence.openness === "selective" ? variants(target, trusted) : []],
    ["what bypasses the policy", [...bypassProbes(target, unknownOrigin), ...atForeignHost]],
  ] as const;
}

function variants(target: Target, trusted: Trusted): readonly Probe[] {
  const lookalikes = basesOf(trusted, target).flatMap((base) => lookalikesOf(base, target));
  const shared = sharedOrigins({ isNear: target.isLoopback || target.isPrivate });
  const foreign = [...lookalikes, ...shared].filter(({ origin }) => !isDeclared(origin, trusted));
  const different = new Map(foreign.map((variant) => [variant.origin, variant]));
  return [...different.values()].map(({ origin, code }) => ({
    ...getAs(origin, target.url, "variant"),
    variant: code,
  }));
}

async function reportOf(
  request: AuditRequest,
  evidence: Evidence,
  client: PacedClient,
  { insecure = false }: AuditOptions,
): Promise<AuditReport> {
  const findings = await findingsOf(evidence, request, insecure);
  const isClean = findings.every(({ severity }) => severity === "info");
  const known = evidence.all("known");
  return {
    verdict: isClean ? "clean" : "findings",
    headline: isClean ? cleanHeadline(evidence, findings) : findingsHeadline(findings),
    url: redactUrl(request.url),
    origins: evidence.origins.map((origin) => ({
      origin,
      letIn: known.some((one) => one.origin === origin && allows(one)),
    })),
    openness: evidence.openness,
    findings,
    judged: judgedCodes(evidence),
    notes: notesOf(evidence, client.gaveUp ? client.lastError : undefined),
    sentByMethod: countByMethod(client.sent),
  };
}

function unreached({ url }: AuditRequest, client: PacedClient): AuditReport {
  const why = whyUnreached(url, client.lastError);
  return {
    verdict: "unreached",
    headline: why.message,
    url: redactUrl(url),
    origins: [],
    findings: [],
    judged: [],
    notes: [],
    unreached: { ...why, says: why.message },
    sentByMethod: countByMethod(client.sent),
  };
}
