import { type FailureCode, failureOf } from "@corsmith/cors/browser";
import { type ExplanationCode, explain, explanationOf, explanations, findExplanation } from "@corsmith/cors/explain";
import { describe, expect, expectTypeOf, test } from "vitest";

/** The compiler misses a code that is not here. */
const everyCode: Readonly<Record<ExplanationCode, true>> = {
  "missing-allow-origin": true,
  "preflight-missing-allow-origin": true,
  "wildcard-origin-with-credentials": true,
  "preflight-wildcard-origin-with-credentials": true,
  "allow-credentials-not-true": true,
  "preflight-allow-credentials-not-true": true,
  "credentials-not-sent": true,
  "method-not-allowed": true,
  "method-case-mismatch": true,
  "method-wildcard-with-credentials": true,
  "invalid-allow-methods": true,
  "header-not-allowed": true,
  "header-authorization-not-covered-by-wildcard": true,
  "header-wildcard-with-credentials": true,
  "header-response-header-sent-by-client": true,
  "header-safelisted-value-too-long": true,
  "invalid-allow-headers": true,
  "allow-origin-mismatch": true,
  "preflight-allow-origin-mismatch": true,
  "multiple-allow-origin-values": true,
  "preflight-multiple-allow-origin-values": true,
  "invalid-allow-origin-value": true,
  "preflight-invalid-allow-origin-value": true,
  "cached-response-for-other-origin": true,
  "origin-null": true,
  "preflight-status-not-ok": true,
  "preflight-unauthorized": true,
  "preflight-no-options-handler": true,
  "preflight-refused-by-policy": true,
  "preflight-network-failure": true,
  "preflight-cache-stale": true,
  "preflight-redirect": true,
  "preflight-redirect-http-to-https": true,
  "preflight-redirect-hsts": true,
  "preflight-redirect-trailing-slash": true,
  "preflight-redirect-login": true,
  "opaque-network-error": true,
  "cors-request-did-not-succeed": true,
  "response-header-not-exposed": true,
  "canvas-or-media-tainted": true,
  "script-error-muted": true,
  "server-down": true,
  "connection-broken": true,
  "dns-failure": true,
  "tls-failure": true,
  offline: true,
  "unsafe-port": true,
  "request-aborted": true,
  "not-in-cache": true,
  "disallowed-by-mode": true,
  "no-cors-redirect-mode": true,
  "cors-disabled-scheme": true,
  "opaque-response-no-cors": true,
  "cors-disabled-in-browser": true,
  "origin-header-not-added": true,
  "redirect-blocked": true,
  "redirect-to-login": true,
  "redirect-origin-becomes-null": true,
  "redirect-contains-credentials": true,
  "redirect-non-http-scheme": true,
  "redirect-too-many": true,
  "redirect-not-followed": true,
  "redirect-invalid-location": true,
  "redirect-body-not-replayable": true,
  "error-status": true,
  "error-response-without-cors": true,
  "gateway-error-without-cors": true,
  "auth-error-without-cors": true,
  "not-found-without-cors": true,
  "body-too-large-413": true,
  "rate-limited-429": true,
  "waf-challenge": true,
  "origin-not-in-allowlist": true,
  "wrong-port-or-host": true,
  "host-not-allowed-dev-server": true,
  "cached-response-without-cors": true,
  "csrf-origin-check-failed": true,
  "websocket-origin-rejected": true,
  "service-worker-failure": true,
  "mixed-content": true,
  "blocked-by-client": true,
  "blocked-by-csp": true,
  "blocked-by-corp": true,
  "blocked-by-orb": true,
  "forbidden-request-header": true,
  "invalid-url": true,
  "url-contains-credentials": true,
  "invalid-method": true,
  "forbidden-method": true,
  "invalid-header": true,
  "invalid-request-option": true,
  "no-cors-method-not-safelisted": true,
  "only-if-cached-needs-same-origin": true,
  "body-not-allowed": true,
  "stream-body-not-allowed": true,
  "invalid-data-url": true,
  "local-network-access-denied": true,
  "insecure-private-network": true,
  "invalid-private-network-access": true,
  "unexpected-private-network-access": true,
  "private-network-permission-unavailable": true,
  "preflight-missing-allow-private-network": true,
  "preflight-invalid-allow-private-network": true,
};

const codes: ReadonlySet<string> = new Set(explanations.map(({ code }) => code));

test("every failure of the simulator has an explanation, and the compiler sees to it", () => {
  expectTypeOf<FailureCode>().toExtend<ExplanationCode>();
});

test("every code has an explanation, and every explanation a code", () => {
  expect(explanations.map(({ code }) => code).sort()).toEqual(Object.keys(everyCode).sort());
});

describe.each(explanations.map((explanation) => [explanation.code, explanation] as const))(
  "%s",
  (code, explanation) => {
    test("says what, which rule, why, and who can end it", () => {
      expect(explanation.title).toMatch(/^\S.*[^.]$/);
      expect(explanation.rule).toMatch(/^\S.*\.$/);
      expect(explanation.section.url).toMatch(/^https:\/\//);
      expect(explanation.causes.length).toBeGreaterThan(0);
      expect(explanation.fixes.length).toBeGreaterThan(0);
      for (const { what } of explanation.fixes) expect(what).toMatch(/^\S.*\.$/);
    });

    test("points to what is there, and not to itself", () => {
      expect(explanation.seeAlso.filter((other) => !codes.has(other) || other === code)).toEqual([]);
    });

    test("is found by its own messages", () => {
      for (const message of Object.values(explanation.messages).flat()) {
        const said = message.replaceAll(/\{(\w+)\}/g, (_: string, place: string) => examples[place] ?? place);
        const explained = explain(said);
        const found =
          explained.outcome === "known"
            ? explained.matches.flatMap((match) => [match.code, ...match.others.map((other) => other.code)])
            : [];
        expect(found.length, said).toBeGreaterThan(0);
      }
    });
  },
);

const examples: Readonly<Record<string, string>> = {
  url: "https://api.example.com/x",
  origin: "https://app.example.com",
  from: "https://app.example.com/",
  to: "https://other.example.com/",
  method: "PUT",
  header: "x-a",
  value: "x",
  status: "404",
  what: "Window",
};

test("a code that is not in the catalogue is refused", () => {
  expect(() => explanationOf("no-such" as ExplanationCode)).toThrow('code: "no-such" is not a failure code.');
});

describe("a misconfiguration that is the same fact is found by its own code", () => {
  test.each([
    ["wildcard-with-credentials", "wildcard-origin-with-credentials"],
    ["duplicate-acao", "multiple-allow-origin-values"],
    ["authorization-under-wildcard", "header-authorization-not-covered-by-wildcard"],
    ["wildcard-token-with-credentials", "method-wildcard-with-credentials"],
    ["preflight-needs-auth", "preflight-unauthorized"],
  ])("%s is %s", (name, code) => {
    expect(findExplanation(name)?.code).toBe(code);
    expect(explain(name)).toMatchObject({ outcome: "known", matches: [{ code, certainty: "said" }] });
  });

  test("and a failure's own code always finds itself", () => {
    for (const { code } of explanations) expect(findExplanation(code)?.code).toBe(code);
  });

  test("a name of neither is not found", () => expect(findExplanation("no-such")).toBeUndefined());
});

test("no fix is to switch CORS off, to trust null or to echo any origin", () => {
  const advice = explanations.flatMap(({ fixes }) => fixes.map(({ what }) => what));
  const bad = /disable-web-security|install .*extension|use mode: "no-cors"|allow all origins|Allow-Origin: \*/i;
  expect(advice.filter((what) => bad.test(what))).toEqual([]);
});

describe("the simulator's short fix and the explanation name the same side first", () => {
  const shared = explanations.filter(({ code, kind }) => kind === "cors" && isFailure(code));
  test.each(shared.map(({ code, fixes }) => [code, fixes] as const))("%s", (code, fixes) => {
    const short = failureOf(code as FailureCode).fix;
    const who = /^The page/.test(short) ? "client" : /^The server/.test(short) ? "server" : undefined;
    if (who !== undefined) expect(fixes.map((fix) => fix.who)).toContain(who);
  });
});

function isFailure(code: ExplanationCode): boolean {
  return failureOf(code as FailureCode) !== undefined;
}
