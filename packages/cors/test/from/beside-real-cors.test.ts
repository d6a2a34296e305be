import type { IncomingMessage, ServerResponse } from "node:http";
import expressCors, { type CorsOptions } from "cors";
import fc from "fast-check";
import { expect, test } from "vitest";
import { effort } from "../../../../tests/support/effort.ts";
import { fromExpressCors } from "../../src/from/express-cors.ts";
import { checkPolicy, decide, definePolicy } from "../../src/index.ts";

/** Parts of expressions as people write them. */
const parts = [
  "https:\\/\\/",
  "https?:\\/\\/",
  "([a-z0-9-]+\\.)*",
  "([a-z0-9_-]+\\.)+",
  "(.*\\.)?",
  ".+\\.",
  "[a-z0-9-]+\\.",
  "[\\w-]+\\.",
  "[\\w.-]+\\.",
  "[^.]+",
  "[\\w-]+",
  "[\\w-]*",
  "\\d+",
  "[a-f0-9]{7}",
  "pr-",
  "-team\\.",
  "--shop\\.",
  "(app|admin)\\.",
  "(www\\.)?",
  "example\\.com",
  "example.com",
  "x_y\\.",
  "(:\\d+)?",
  ":\\d+",
  ":3000",
  "|",
];
const body = fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(""));
const expression = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: body.map((inside) => `^https:\\/\\/${inside}example\\.com$`) },
      { weight: 2, arbitrary: body.map((inside) => `^https?:\\/\\/${inside}(:\\d+)?$`) },
      { weight: 1, arbitrary: body.map((inside) => `${inside}$`) },
      { weight: 1, arbitrary: body },
    ),
    fc.constantFrom("", "", "i"),
  )
  .map(([source, flags]) => compile(source, flags));
const text = fc.constantFrom(
  "https://example.com",
  "https://app.example.com/",
  "https://*.example.com",
  "http://localhost:3000",
  "HTTPS://EXAMPLE.COM",
);
const entry = fc.oneof({ weight: 3, arbitrary: expression }, { weight: 1, arbitrary: text });
const options = fc.record({
  origin: fc.oneof(expression, fc.array(entry, { minLength: 1, maxLength: 3 })),
  credentials: fc.boolean(),
});

const names = [
  "a",
  "x_y",
  "_",
  "-",
  "7",
  "pr-",
  "pr-7",
  "pr-x_y",
  "pr--team",
  "pr-7-team",
  "a--shop",
  "app",
  "deadbee",
  "a.b",
];
const asked = fc
  .tuple(
    fc.constantFrom("https", "https", "http"),
    fc.array(fc.constantFrom(...names), { maxLength: 2 }),
    fc.constantFrom("example.com", "example.com", "x_y.example.com", "exampleXcom".toLowerCase(), "evil.example"),
    fc.constantFrom("", "", ":1", ":3000", ":65535"),
  )
  .map(([scheme, labels, host, port]) => `${scheme}://${[...labels, host].join(".")}${port}`);

test("whatever the options of cors: the policy allows no origin that the real package refuses", () => {
  let questions = 0;
  let allowed = 0;
  fc.assert(
    fc.property(options, fc.array(asked, { minLength: 40, maxLength: 40 }), (given, origins) => {
      const { policy, notes } = fromExpressCors(given);
      for (const { fix } of notes) holdProposal(fix, given.credentials);
      if (policy.allowOrigins === undefined) return;
      const checked = definePolicy(policy);
      const middleware = expressCors(given as CorsOptions);
      const own = checked.allowOrigins.flatMap((each) =>
        names.map((name) => each.replace(/:\*$/, ":9").replace("*", name)),
      );
      for (const origin of [...origins, ...own]) {
        const isAllowed = decide(checked, { method: "GET", origin }).allowOrigin !== undefined;
        questions += 1;
        if (!isAllowed) continue;
        allowed += 1;
        expect(isAllowedBy(middleware, origin), `${origin} under ${JSON.stringify(given.origin, String)}`).toBe(true);
      }
    }),
    effort(60_000),
  );
  expect(allowed).toBeGreaterThan(1000);
  console.log(`${questions} origins, ${allowed} of them allowed by the policy`);
}, 300_000);

/** Asks the package itself, without a network. */
function isAllowedBy(middleware: ReturnType<typeof expressCors>, origin: string): boolean {
  const headers = new Map<string, unknown>();
  const response = {
    getHeader: (name: string) => headers.get(name.toLowerCase()),
    setHeader: (name: string, value: unknown) => headers.set(name.toLowerCase(), value),
  };
  middleware(
    { method: "GET", headers: { origin } } as IncomingMessage,
    response as unknown as ServerResponse,
    () => undefined,
  );
  return [origin, "*"].includes(String(headers.get("access-control-allow-origin")));
}

function holdProposal(fix: string, allowCredentials: boolean): void {
  const list = /allowOrigins: (\[.*\])$/.exec(fix)?.[1];
  if (list === undefined) return;
  expect(checkPolicy({ allowOrigins: JSON.parse(list), allowCredentials }), fix).toEqual([]);
}

/** An expression with its flags; one that matches nothing, if the parts make none. */
function compile(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch {
    return /^$/;
  }
}
