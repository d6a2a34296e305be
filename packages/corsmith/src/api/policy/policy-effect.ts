import { type Decision, decide, type Policy } from "@corsmith/cors";
import { routeFor } from "@corsmith/cors/routes";
import type { PolicySet } from "../../config/policy-set.ts";
import type { Effect, Matrix, MatrixRequest } from "../schemas/policy-change.ts";

/** Methods for which a page needs no permission. @see https://fetch.spec.whatwg.org/#cors-safelisted-method */
const safelisted: ReadonlySet<string> = new Set(["GET", "HEAD", "POST"]);
/** Methods that browsers write in capitals, however the page wrote them. @see https://fetch.spec.whatwg.org/#concept-method-normalize */
const normalized: ReadonlySet<string> = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"]);

/** What a page meets: first the preflight, where the browser sends one, then the request itself. */
export function policyEffect(
  policy: Policy | false,
  origin: string,
  method: string,
  headers: readonly string[] = [],
): Effect {
  const capitals = method.toUpperCase();
  const asked = normalized.has(capitals) ? capitals : method;
  const preflight = !safelisted.has(asked) || headers.length > 0;
  if (preflight && policy !== false) {
    const names = [...new Set(headers.map((name) => name.toLowerCase()))].toSorted().join(",");
    const answer = decide(policy, {
      method: "OPTIONS",
      origin,
      requestMethod: asked,
      ...(names === "" ? {} : { requestHeaders: names }),
    });
    if (answer.reason !== "allowed") return effectOf(answer, { method: asked, preflight, reaches: false });
  }
  const answer = decide(policy, { method: asked, origin, fetchSite: "cross-site" });
  return effectOf(answer, { method: asked, preflight, reaches: answer.status === undefined });
}

function effectOf(decision: Decision, what: Pick<Effect, "method" | "preflight" | "reaches">): Effect {
  const allowed = decision.reason === "allowed";
  return {
    ...what,
    allowed,
    reason: decision.reason,
    kind: decision.preflight ? "preflight" : "actual",
    credentials: allowed && decision.allowCredentials,
    ...(decision.reason === "headers-refused" ? { names: decision.names } : {}),
  };
}

const usualMethods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const maxOrigins = 200;

/** The effect of policies on the requests that are asked about. Pure: nothing is sent. */
export function policyMatrix(policies: PolicySet, request: Omit<MatrixRequest, "candidate">): Matrix {
  const { path = "/", methods = usualMethods, headers = [] } = request;
  const { route, policy } = routeFor(policies.table, path);
  const origins: readonly ExampleOrigin[] =
    request.origins?.map((origin) => ({
      origin,
      named: policy !== false && policy.allowOrigins.includes(origin),
    })) ?? exampleOrigins(policy === false ? [] : [policy], maxOrigins);
  return {
    path,
    route,
    methods,
    rows: origins.map((example) => ({
      ...example,
      effects: methods.map((method) => policyEffect(policy, example.origin, method, headers)),
    })),
  };
}

/** An origin to try a policy with. */
export type ExampleOrigin = Omit<Matrix["rows"][number], "effects">;

/** Not in any policy. @see https://www.rfc-editor.org/rfc/rfc2606 */
const unnamedOrigin = "https://stranger.example";

/** Origins that show what policies do: each that they name, one for each pattern, and one that no policy names at the end. */
export function exampleOrigins(policies: readonly Policy[], max: number): readonly ExampleOrigin[] {
  const patterns = [...new Set(policies.flatMap(({ allowOrigins }) => allowOrigins))];
  const examples = patterns.slice(0, max - 1).map(exampleOf);
  return [...examples, { origin: unnamedOrigin, named: false }];
}

function exampleOf(pattern: string): ExampleOrigin {
  if (!pattern.includes("*")) return { origin: pattern, named: true };
  if (pattern === "*") return { origin: "https://any-site.example", pattern, named: true };
  return { origin: pattern.replace(/:\*$/, ":5173").replace("*", "any"), pattern, named: true };
}
