import { type ExplanationCode, explain, type Facts, type Reporter } from "@corsmith/cors/explain";
import { describe, expect, test } from "vitest";

const chromium = (reason: string, { from = "'https://app.acme.io'", redirected = "" } = {}): string =>
  `Access to fetch at 'https://api.acme.io/orders'${redirected} from origin ${from} has been blocked by CORS policy: ${reason}`;
const firefox = (reason: string, status = "200"): string =>
  `Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.acme.io/orders. (Reason: ${reason}). Status code: ${status}.`;
const preflight = "Response to preflight request doesn't pass access control check: ";
const missing = "No 'Access-Control-Allow-Origin' header is present on the requested resource.";

type Row = readonly [phrase: string, text: string, code: ExplanationCode, engine: Reporter | undefined, facts: Facts];

const url = "https://api.acme.io/orders";
const origin = "https://app.acme.io";

const rows: readonly Row[] = [
  ["Chromium's missing header", chromium(missing), "missing-allow-origin", "chromium", { url, origin }],
  [
    "Chromium's missing header on a preflight",
    chromium(preflight + missing),
    "preflight-missing-allow-origin",
    "chromium",
    { url, origin },
  ],
  [
    "a message with its file and line, and a time before it",
    `12:04:11.231 orders.js:12 ${chromium(missing)}`,
    "missing-allow-origin",
    "chromium",
    { url, origin },
  ],
  [
    "a message that a terminal has wrapped",
    chromium(missing).replace(/(.{60}\S*) /g, "$1\n  "),
    "missing-allow-origin",
    "chromium",
    { url, origin },
  ],
  ["a message in colours", `\x1b[31m${chromium(missing)}\x1b[39m`, "missing-allow-origin", "chromium", { url, origin }],
  [
    "a message with curly quotes",
    chromium(missing).replaceAll(/'(.*?)'/g, "‘$1’"),
    "missing-allow-origin",
    "chromium",
    { url, origin },
  ],
  [
    "a message quoted in a mail",
    chromium(missing).replace(/^/gm, "> "),
    "missing-allow-origin",
    "chromium",
    { url, origin },
  ],
  [
    "Chromium's advice of old",
    "XMLHttpRequest cannot load https://api.acme.io/orders. No 'Access-Control-Allow-Origin' header is present on the requested resource. Origin 'https://app.acme.io' is therefore not allowed access.",
    "missing-allow-origin",
    "chromium",
    { url, origin },
  ],
  [
    "the status that Chromium adds on the next line",
    `${chromium(missing)}\nPOST https://api.acme.io/orders net::ERR_FAILED 413 (Content Too Large)`,
    "body-too-large-413",
    "chromium",
    { url, origin, status: 413 },
  ],
  [
    "a redirect to a sign-in page",
    chromium(missing, { redirected: " (redirected from 'https://api.acme.io/v1/orders')" }).replace(
      "https://api.acme.io/orders",
      "https://login.acme.io/authorize?client_id=1",
    ),
    "redirect-to-login",
    "chromium",
    { url: "https://login.acme.io/authorize?...", origin, redirectedFrom: "https://api.acme.io/v1/orders" },
  ],
  [
    "an origin lost on the way",
    chromium(
      "The 'Access-Control-Allow-Origin' header has a value 'https://app.acme.io' that is not equal to the supplied origin.",
      {
        redirected: " (redirected from 'https://short.acme.io/o')",
      },
    ),
    "redirect-origin-becomes-null",
    "chromium",
    { url, origin, value: origin, redirectedFrom: "https://short.acme.io/o" },
  ],
  [
    "a wildcard with credentials",
    chromium(
      "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.",
    ),
    "wildcard-origin-with-credentials",
    "chromium",
    { url, origin },
  ],
  [
    "a method",
    chromium("Method PATCH is not allowed by Access-Control-Allow-Methods in preflight response."),
    "method-not-allowed",
    "chromium",
    { url, origin, method: "PATCH" },
  ],
  [
    "a method in lower case",
    chromium("Method patch is not allowed by Access-Control-Allow-Methods in preflight response."),
    "method-case-mismatch",
    "chromium",
    { url, origin, method: "patch" },
  ],
  [
    "a header",
    chromium("Request header field x-request-id is not allowed by Access-Control-Allow-Headers in preflight response."),
    "header-not-allowed",
    "chromium",
    { url, origin, header: "x-request-id" },
  ],
  [
    "authorization, which is simply not allowed: engines let * cover it",
    chromium(
      "Request header field authorization is not allowed by Access-Control-Allow-Headers in preflight response.",
    ),
    "header-not-allowed",
    "chromium",
    { url, origin, header: "authorization" },
  ],
  [
    "a header of answers on a request",
    chromium(
      "Request header field access-control-allow-origin is not allowed by Access-Control-Allow-Headers in preflight response.",
    ),
    "header-response-header-sent-by-client",
    "chromium",
    { url, origin, header: "access-control-allow-origin" },
  ],
  [
    "two values",
    chromium(
      "The 'Access-Control-Allow-Origin' header contains multiple values 'https://app.acme.io, *', but only one is allowed.",
    ),
    "multiple-allow-origin-values",
    "chromium",
    { url, origin, value: "https://app.acme.io, *" },
  ],
  [
    "Firefox's missing header",
    firefox("CORS header ‘Access-Control-Allow-Origin’ missing"),
    "missing-allow-origin",
    "firefox",
    { url, status: 200 },
  ],
  [
    "Firefox's missing header on an error",
    firefox("CORS header ‘Access-Control-Allow-Origin’ missing", "500"),
    "error-response-without-cors",
    "firefox",
    { url, status: 500 },
  ],
  [
    "Firefox in German, by the link",
    "Quellübergreifende (Cross-Origin) Anfrage blockiert: Die Gleiche-Quelle-Regel verbietet das Lesen der externen Ressource auf https://api.acme.io/orders. (Grund: CORS-Kopfzeile 'Access-Control-Allow-Origin' fehlt). Statuscode: 200. https://developer.mozilla.org/docs/Web/HTTP/CORS/Errors/CORSMissingAllowOrigin?utm_source=devtools",
    "missing-allow-origin",
    "firefox",
    { url },
  ],
  [
    "Firefox's wildcard",
    firefox("Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’"),
    "wildcard-origin-with-credentials",
    "firefox",
    { url, status: 200 },
  ],
  [
    "Firefox's method",
    firefox("Did not find method in CORS header ‘Access-Control-Allow-Methods’"),
    "method-not-allowed",
    "firefox",
    { url, status: 200 },
  ],
  [
    "Firefox's two values",
    firefox("CORS header ‘Access-Control-Allow-Origin’ does not match ‘*, *’"),
    "multiple-allow-origin-values",
    "firefox",
    { url, value: "*, *", status: 200 },
  ],
  [
    "Firefox's preflight with a status",
    firefox("CORS preflight response did not succeed", "401"),
    "preflight-unauthorized",
    "firefox",
    { url, status: 401 },
  ],
  [
    "Safari's three lines",
    "[Error] Origin https://app.acme.io is not allowed by Access-Control-Allow-Origin. Status code: 200\n[Error] Fetch API cannot load https://api.acme.io/orders due to access control checks.\n[Error] Failed to load resource: Origin https://app.acme.io is not allowed by Access-Control-Allow-Origin. Status code: 200 (orders, line 0)",
    "missing-allow-origin",
    "webkit",
    { url, origin, status: 200 },
  ],
  [
    "Safari's preflight",
    "Preflight response is not successful. Status code: 405",
    "preflight-no-options-handler",
    "webkit",
    { status: 405 },
  ],
  [
    "Safari's redirected preflight",
    "Preflight response is not successful. Status code: 301",
    "preflight-redirect",
    "webkit",
    { status: 301 },
  ],
  [
    "a server that is down",
    "GET http://localhost:3001/orders net::ERR_CONNECTION_REFUSED",
    "server-down",
    "chromium",
    { url: "http://localhost:3001/orders", method: "GET" },
  ],
  [
    "a certificate",
    "GET https://localhost:8443/ net::ERR_CERT_AUTHORITY_INVALID",
    "tls-failure",
    "chromium",
    { url: "https://localhost:8443/", method: "GET" },
  ],
  [
    "an ad blocker",
    "POST https://stats.acme.io/collect net::ERR_BLOCKED_BY_CLIENT",
    "blocked-by-client",
    "chromium",
    { url: "https://stats.acme.io/collect", method: "POST" },
  ],
  [
    "mixed content",
    "Mixed Content: The page at 'https://app.acme.io/' was loaded over HTTPS, but requested an insecure resource 'http://api.acme.io/orders'. This request has been blocked; the content must be served over HTTPS.",
    "mixed-content",
    "chromium",
    { url: "http://api.acme.io/orders" },
  ],
  [
    "the page's own policy",
    "Refused to connect to 'https://api.acme.io/orders' because it violates the following Content Security Policy directive: \"connect-src 'self'\".",
    "blocked-by-csp",
    "chromium",
    { url },
  ],
  [
    "the permission for the local network",
    chromium("Permission was denied for this request to access the `loopback` address space."),
    "local-network-access-denied",
    "chromium",
    { url, origin, value: "loopback" },
  ],
  [
    "Starlette's refusal",
    "HTTP/1.1 400 Bad Request\n\nDisallowed CORS origin",
    "preflight-refused-by-policy",
    undefined,
    {},
  ],
  ["Spring's refusal", "Invalid CORS request", "preflight-refused-by-policy", undefined, {}],
  ["the exception alone", "TypeError: Failed to fetch", "opaque-network-error", "chromium", {}],
  [
    "Firefox's exception alone",
    "TypeError: NetworkError when attempting to fetch resource.",
    "opaque-network-error",
    "firefox",
    {},
  ],
  ["Safari's exception alone", "TypeError: Load failed", "opaque-network-error", "webkit", {}],
  ["axios alone", "AxiosError: Network Error", "opaque-network-error", undefined, {}],
  ["a code of the catalogue", " preflight-redirect \n", "preflight-redirect", undefined, {}],
];

describe("a text is known by its words", () => {
  test.each(rows)("%s", (_, text, code, engine, facts) => {
    const explained = explain(text);
    if (explained.outcome !== "known") throw new Error(`${explained.reason}: ${explained.hint}`);
    expect(explained.matches.map((match) => match.code)).toEqual([code]);
    const [match] = explained.matches;
    expect(match?.engine).toBe(engine);
    expect(match?.facts).toMatchObject(facts);
  });
});

describe("a message that was cut is still Chromium's, and keeps what it says of the request", () => {
  test.each([
    [
      "before its last words",
      chromium("No 'Access-Control-Allow-Origin' header is present"),
      "missing-allow-origin",
      { url, origin },
    ],
    [
      "within a word, with an ellipsis",
      chromium("No 'Access-Control-Allow-Origin' hea…"),
      "missing-allow-origin",
      { url, origin },
    ],
    [
      "and the next line follows",
      `${chromium("No 'Access-Control-Allow-Origin' header is present")}\nPOST ${url} net::ERR_FAILED 413`,
      "body-too-large-413",
      { url, origin, status: 413 },
    ],
    [
      "without quotes around the request",
      `Access to fetch at ${url} from origin ${origin} has been blocked by CORS policy: ${missing}`,
      "missing-allow-origin",
      { url, origin },
    ],
    [
      "about a style sheet",
      chromium("No 'Access-Control-Allow-Origin' header is present").replace("fetch", "CSS stylesheet"),
      "missing-allow-origin",
      { url, origin },
    ],
    [
      "after the preflight's words",
      chromium(`${preflight}No 'Access-Control-Allow-Origin' header is`),
      "preflight-missing-allow-origin",
      { url, origin },
    ],
    [
      "behind a place",
      chromium("Method PATCH is not allowed by"),
      "method-not-allowed",
      { url, origin, method: "PATCH" },
    ],
    [
      "at both ends",
      "has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present",
      "missing-allow-origin",
      {},
    ],
    ["to the reason alone", "No 'Access-Control-Allow-Origin' header is present", "missing-allow-origin", {}],
  ] as const)("%s", (_, text, code, facts) => {
    const explained = explain(text);
    const [match] = explained.outcome === "known" ? explained.matches : [];
    expect(match?.code).toBe(code);
    expect(match?.engine).toBe(code && "chromium");
    expect(match?.facts ?? {}).toEqual(facts);
  });

  test("where the cut leaves several failures, the most common is likely and the others are possible", () => {
    const explained = explain(chromium("The 'Access-Control-Allow-Origin' header"));
    expect(explained).toMatchObject({
      matches: [{ code: "allow-origin-mismatch", certainty: "likely", engine: "chromium", facts: { url, origin } }],
    });
    const others = explained.outcome === "known" ? (explained.matches[0]?.others.map(({ code }) => code) ?? []) : [];
    expect(others).toEqual(expect.arrayContaining(["multiple-allow-origin-values", "invalid-allow-origin-value"]));
  });

  test.each([
    ["before its reason", chromium("")],
    ["after the origin", chromium("").replace(/ has been.*/, "")],
    ["in words that no browser is known to write", chromium("The 'Access-Control-Allow-Origin' is odd")],
  ])("%s it is not known, and the hint says which part is missing", (_, text) => {
    expect(explain(text)).toMatchObject({
      outcome: "unknown",
      reason: "near-cors",
      hint: expect.stringContaining("“CORS policy:”"),
    });
  });
});

describe("Firefox in other languages, without the link", () => {
  test.each([
    [
      "German",
      "Quellübergreifende (Cross-Origin) Anfrage blockiert: Die Gleiche-Quelle-Regel verbietet das Lesen der externen Ressource auf https://api.acme.io/orders. (Grund: CORS-Kopfzeile 'Access-Control-Allow-Origin' fehlt). Statuscode: 404.",
      "not-found-without-cors",
      { url, status: 404 },
    ],
    [
      "French",
      "Blocage d’une requête multiorigine (Cross-Origin Request) : la politique « Same Origin » ne permet pas de consulter la ressource distante située sur https://api.acme.io/orders. Raison : l’en-tête CORS « Access-Control-Allow-Origin » ne correspond pas à « https://other.acme.io ».",
      "allow-origin-mismatch",
      { url, value: "https://other.acme.io" },
    ],
    [
      "Japanese",
      "クロスオリジン要求をブロックしました: 同一生成元ポリシーにより、https://api.acme.io/orders にあるリモートリソースの読み込みは拒否されます (理由: CORS プリフライト応答からのヘッダー ‘Access-Control-Allow-Headers’ によりヘッダー ‘x-a’ が許可されていない)。",
      "header-not-allowed",
      { url, header: "x-a" },
    ],
    [
      "Polish",
      "Zablokowano żądanie do zasobu innego pochodzenia: zasady „Same Origin Policy” nie pozwalają wczytywać zdalnych zasobów z „https://api.acme.io/orders” (nagłówek CORS „Access-Control-Allow-Origin” nie pasuje do „*, *”).",
      "multiple-allow-origin-values",
      { url, value: "*, *" },
    ],
    [
      "Russian",
      "Запрос из постороннего источника заблокирован: Политика одного источника запрещает чтение удалённого ресурса на https://api.acme.io/orders. (Причина: не удалось выполнить запрос CORS). Код состояния: (null).",
      "cors-request-did-not-succeed",
      { url },
    ],
  ] as const)("%s", (_, text, code, facts) => {
    const explained = explain(text);
    expect(explained).toMatchObject({ outcome: "known", matches: [{ code, engine: "firefox", facts }] });
  });
});

test("several failures in one paste are several matches, in the order of the text", () => {
  const explained = explain(
    [
      chromium(missing),
      "POST https://api.acme.io/orders net::ERR_FAILED 200 (OK)",
      "Uncaught (in promise) TypeError: Failed to fetch",
      chromium("Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.").replace(
        "/orders",
        "/carts",
      ),
      chromium(missing),
    ].join("\n"),
  );
  expect(
    explained.outcome === "known" && explained.matches.map(({ code, facts, times }) => [code, facts.url, times]),
  ).toEqual([
    ["missing-allow-origin", url, 2],
    ["method-not-allowed", "https://api.acme.io/carts", 1],
  ]);
});

test.each([
  ["localhost", []],
  ["127.0.0.1", []],
  ["localhost.evil.example", ["preflight-redirect-http-to-https"]],
  ["127.evil.example", ["preflight-redirect-http-to-https"]],
])("a redirected preflight to http://%s may have been sent to https", (host, codes) => {
  const explained = explain(
    chromium(`${preflight}Redirect is not allowed for a preflight request.`).replace(
      "https://api.acme.io",
      `http://${host}`,
    ),
  );
  const found = explained.outcome === "known" ? explained.matches.map(({ code }) => code) : [];
  expect(found.filter((code) => code === "preflight-redirect-http-to-https")).toEqual(codes);
});

test.each([
  ["nothing", "  \n", "empty"],
  ["a question about CORS", "why does CORS hate me", "near-cors"],
  ["something else", "Segmentation fault (core dumped)", "not-cors"],
])("%s is not known, and says what to paste", (_, text, reason) => {
  expect(explain(text)).toMatchObject({ outcome: "unknown", reason, hint: expect.stringContaining("console") });
});

describe("advice that makes it worse is named", () => {
  test.each([
    [
      "no-cors",
      "If an opaque response serves your needs, set the request's mode to 'no-cors' to fetch the resource with CORS disabled.",
      "no-cors",
    ],
    ["a browser without security", "chrome --disable-web-security", "web-security-off"],
    ["a public proxy", "fetch('https://cors-anywhere.herokuapp.com/' + url)", "public-proxy"],
    ["an extension", "just install the Chrome extension", "extension"],
    ["reflection", "cors({ origin: true, credentials: true })", "reflected-origin"],
  ])("%s", (_, text, code) => {
    expect(explain(text).cautions.map((caution) => caution.code)).toContain(code);
  });

  test("and a plain message names none", () => {
    expect(explain(chromium(missing)).cautions).toEqual([]);
  });
});

describe("nothing that may be secret is given back", () => {
  test.each([
    ["a query", "https://api.acme.io/me?token=hunter2", "https://api.acme.io/me?..."],
    ["a fragment", "https://api.acme.io/me#hunter2", "https://api.acme.io/me"],
    ["a password", "https://ann:hunter2@api.acme.io/me", "https://api.acme.io/me"],
    [
      "a token in the path",
      "https://api.acme.io/reset/hunter2f8c7d6e5f4a3b2c1d0e9f8a",
      "https://api.acme.io/reset/...",
    ],
    ["an @ in the path", "https://api.acme.io/@ann", "https://api.acme.io/@ann"],
  ])("%s", (_, asked, shown) => {
    const explained = explain(chromium(missing).replace(url, asked));
    expect(JSON.stringify(explained)).not.toContain("hunter2");
    expect(explained.outcome === "known" && explained.matches[0]?.facts.url).toBe(shown);
  });
});

describe("a hostile paste", () => {
  const unit = "Access to fetch at 'https://a.example/' (redirected from 'https://b.example/') from origin '";
  const long = [
    ["a megabyte of one letter", "a".repeat(1_000_000)],
    ["a megabyte of quotes", "'".repeat(1_000_000)],
    ["a megabyte of beginnings", unit.repeat(1_000_000 / unit.length)],
    ["a megabyte of spaces", " ".repeat(1_000_000)],
    ["a megabyte of line breaks", "\n > ".repeat(250_000)],
    ["a megabyte of headers", "Request header field ".repeat(50_000)],
    ["a megabyte of net::", "net::ERR_CERT_".repeat(70_000)],
    ["a megabyte of escapes", "\x1b[31".repeat(200_000)],
  ] as const;

  test.each(long)("%s is read up to its cap", (_, text) => {
    expect(explain(text).truncated).toBe(true);
  });

  test("what comes before the cap is found", () => {
    expect(explain(`${chromium(missing)}\n${"x".repeat(1_000_000)}`)).toMatchObject({
      outcome: "known",
      truncated: true,
    });
  });

  test("control characters and other letters come back escaped", () => {
    const explained = explain(
      chromium("Method PA\u001b]0;x\u0007ТCH is not allowed by Access-Control-Allow-Methods in preflight response."),
    );
    expect(explained.outcome === "known" && explained.matches[0]?.facts.method).toBe("PA\\u001b]0;x\\u0007\\u0422CH");
  });
});
