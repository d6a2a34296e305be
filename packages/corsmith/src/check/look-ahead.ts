import { type Engine, type HeaderList, hidden, type Transport, type TransportResponse } from "@corsmith/cors/browser";
import { headerMembers, headerValue, isSecretHeader, withHeader, withoutHeader } from "../live/headers.ts";
import type { SafeClient } from "../live/safe-client.ts";
import type { CheckRequest } from "./check-request.ts";
import { type JudgedFailure, judge } from "./judge.ts";

type Asked = { readonly method: string; readonly url: string; readonly headers: HeaderList };
type Repair = (response: TransportResponse, request: Asked) => TransportResponse;

/** A server has few rules to break; this is far above all of them. */
const maxRounds = 16;

const setting =
  (name: string, valueFor: (request: Asked) => string): Repair =>
  (response, request) => ({ ...response, headers: withHeader(response.headers, name, valueFor(request)) });
const allowOrigin = setting("Access-Control-Allow-Origin", ({ headers }) => headerValue(headers, "origin") ?? "null");
const allowCredentials = setting("Access-Control-Allow-Credentials", () => "true");
const okStatus: Repair = (response) => ({
  ...response,
  status: 204,
  statusText: "No Content",
  headers: withoutHeader(response.headers, "location"),
});
/** Adds to a list what the request asks for in this header. */
const naming =
  (name: string, asking: string): Repair =>
  (response, { headers }) => {
    const known = headerMembers(response.headers, name).filter((member) => /^[!#$%&'*+.^`|~\w-]+$/.test(member));
    const all = [...new Set([...known, ...headerMembers(headers, asking)])];
    return { ...response, headers: withHeader(response.headers, name, all.join(", ")) };
  };
const allowMethod = naming("Access-Control-Allow-Methods", "access-control-request-method");
const allowHeaders = naming("Access-Control-Allow-Headers", "access-control-request-headers");

/**
 * What makes an answer pass the rule that refused it, by the code without its `preflight-`. What has none, such as a redirect to nowhere,
 * ends the look ahead.
 */
const repairs: Readonly<Record<string, Repair>> = {
  "missing-allow-origin": allowOrigin,
  "wildcard-origin-with-credentials": allowOrigin,
  "multiple-allow-origin-values": allowOrigin,
  "invalid-allow-origin-value": allowOrigin,
  "allow-origin-mismatch": allowOrigin,
  "redirect-origin-becomes-null": allowOrigin,
  "allow-credentials-not-true": allowCredentials,
  "status-not-ok": okStatus,
  redirect: okStatus,
  "method-not-allowed": allowMethod,
  "method-case-mismatch": allowMethod,
  "method-wildcard-with-credentials": allowMethod,
  "invalid-allow-methods": allowMethod,
  "header-not-allowed": allowHeaders,
  "header-authorization-not-covered-by-wildcard": allowHeaders,
  "header-wildcard-with-credentials": allowHeaders,
  "invalid-allow-headers": allowHeaders,
};

/**
 * Goes on judging as if each rule that refuses had passed, until nothing refuses or nothing can be repaired. Returns what refuses in the
 * order in which a browser would meet it, and whether the request passes once all of it is fixed.
 */
export async function lookAhead(
  engine: Engine,
  request: CheckRequest,
  client: SafeClient,
  first: JudgedFailure,
): Promise<{ readonly failures: readonly JudgedFailure[]; readonly passesThen: boolean }> {
  const { host: home } = new URL(request.url);
  const guarded = <Request extends Asked>(asked: Request): Request =>
    new URL(asked.url).host === home ? asked : { ...asked, headers: withoutSecrets(asked.headers) };
  const recall = (asked: Asked): ReturnType<SafeClient["recall"]> => client.recall(guarded(asked));
  const repaired = new Map<string, Repair[]>();
  const transport: Transport = async (asked) => {
    const answer = await client.safeTransport(guarded(asked));
    const list = repaired.get(placeOf(asked)) ?? [];
    return list.reduce((response, change) => change(response, asked), answer);
  };
  const repair = ({ code, exchange }: JudgedFailure): boolean => {
    const next = repairs[code.replace(/^preflight-/, "")];
    if (next === undefined || exchange?.response === undefined) return false;
    const place = placeOf(exchange.request);
    const before = repaired.get(place) ?? [];
    if (before.includes(next)) return false;
    repaired.set(place, [...before, next]);
    return true;
  };
  const failures: JudgedFailure[] = [];
  let current = first;
  let asked = request;
  for (let round = 0; round < maxRounds; round += 1) {
    const target = redirectOf(current);
    if (target !== undefined && target !== asked.url) asked = { ...asked, url: target };
    else if (!repair(current)) return { failures, passesThen: false };
    const { failure, doubt } = await judge(engine, asked, { transport, recall });
    const next = failure ?? doubt;
    if (next === undefined) return { failures, passesThen: true };
    failures.push(next);
    current = next;
  }
  return { failures, passesThen: false };
}

/**
 * A preflight that is redirected is repaired by calling what it leads to. Another host is not followed to, nor plain http: the request may
 * carry secrets, and a browser would take them to neither.
 */
function redirectOf({ exchange }: JudgedFailure): string | undefined {
  const answer = exchange?.kind === "preflight" ? exchange.sent.answer : undefined;
  if (exchange === undefined || answer === undefined || answer.status < 300 || answer.status > 399) return undefined;
  const target = URL.parse(headerValue(answer.headers, "location") ?? "", exchange.request.url);
  const source = new URL(exchange.request.url);
  const isNear =
    target?.hostname === source.hostname && (target.protocol === "https:" || target.protocol === source.protocol);
  return isNear ? target.href : undefined;
}

/** What a browser would not have sent so far must not carry secrets to another host. The lines stay, so that the trace has them. */
function withoutSecrets(headers: HeaderList): HeaderList {
  return headers.map(([name, value]) => [name, isSecretHeader(name) ? hidden : value]);
}

/** A page may send OPTIONS itself: that is no preflight. */
function placeOf({ method, url, headers }: Asked): string {
  return `${method} ${url} ${headerValue(headers, "access-control-request-method") ?? ""}`;
}
