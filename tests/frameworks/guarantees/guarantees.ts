import { plainSetup } from "../hosts/host.ts";
import { type Ask, ask, corsLines, type Got, linesOf, varyMembers } from "../support/ask.ts";
import { askHttp2 } from "../support/ask-http2.ts";
import { app, evil } from "../table/policies.ts";
import { from, type HeaderLines, preflightFrom } from "../table/row.ts";
import { firstOf, notPassed, type Shortfall, tellsStranger, unreadable, unvaried } from "./expectations.ts";
import type { Subject } from "./subject.ts";

/** Asks the application of the subject, set up plainly. */
export type AskPlain = (question: Ask) => Promise<Got>;

/** Something that holds whatever the application does. */
export interface Guarantee {
  readonly words: string;
  /** What it is checked with; `own` starts what it needs. */
  readonly check:
    | { readonly plain: (askPlain: AskPlain) => Promise<Shortfall> }
    | { readonly own: (subject: Subject) => Promise<Shortfall | "does not apply"> };
}

function readable(words: string, path: string, status: number, question: Ask = {}): Guarantee {
  return {
    words,
    check: {
      async plain(askPlain) {
        const got = await askPlain({ path, headers: from(app), ...question });
        return firstOf(unreadable(got, status), unvaried(got));
      },
    },
  };
}

const outcomes: readonly Guarantee[] = [
  readable("A thrown error can be read", "/thrown", 500),
  readable("A rejected promise can be read", "/rejected", 500),
  readable("The router's 404 can be read", "/missing", 404),
  readable("A validation error can be read", "/checked", 400, { method: "POST", body: '{"n":"one"}' }),
  readable("A body too large can be read", "/checked", 413, {
    method: "POST",
    body: JSON.stringify({ n: "x".repeat(4000) }),
  }),
  readable("A time-out can be read", "/late", 504),
  readable("A refused authentication can be read", "/private", 401),
  readable("What the application's own error handler answers can be read", "/teapot", 418),
  readable("A stream can be read", "/stream", 200),
  readable("A redirect with immutable headers can be read", "/moved", 302),
  readable("What goes past the framework's reply object can be read", "/bare", 200),
  {
    words: "An abort after the head has the headers, and the server lives on",
    check: {
      async plain(askPlain) {
        const aborted = await askPlain({ path: "/aborted", headers: from(app) });
        const after = await askPlain({ path: "/ok", headers: from(app) });
        return firstOf(unreadable(aborted, 200), unreadable(after, 200));
      },
    },
  },
];

const requests: readonly Guarantee[] = [
  {
    words: "A preflight is answered before authentication",
    check: {
      plain: async (askPlain) =>
        notPassed(await askPlain({ method: "OPTIONS", path: "/private", headers: preflightFrom(app, "PUT") })),
    },
  },
  {
    words: "A preflight is answered on every path",
    check: {
      async plain(askPlain) {
        const paths = ["/", "/ok", "/missing", "/missing/as/well"];
        const got = await Promise.all(
          paths.map((path) => askPlain({ method: "OPTIONS", path, headers: preflightFrom(app, "PUT") })),
        );
        return firstOf(...got.map(notPassed));
      },
    },
  },
  {
    words: "An ordinary OPTIONS reaches the application",
    check: {
      async plain(askPlain) {
        const bare = await askPlain({ method: "OPTIONS", path: "/mine" });
        const got = await askPlain({ method: "OPTIONS", path: "/mine", headers: from(app) });
        const both = [bare, got].map((one) =>
          linesOf(one, "allow").length === 0 ? `swallowed, with ${one.status}` : undefined,
        );
        return firstOf(...both, unreadable(got, 200));
      },
    },
  },
  {
    words: "A method that is refused is refused with its reason readable",
    check: {
      async plain(askPlain) {
        const got = await askPlain({ method: "OPTIONS", path: "/ok", headers: preflightFrom(app, "PATCH") });
        const refused = linesOf(got, "access-control-allow-methods").join().includes("PATCH");
        return refused ? "the method passes" : firstOf(notPassed(got));
      },
    },
  },
  {
    words: "A page that is refused is told nothing",
    check: {
      async plain(askPlain) {
        const preflight = await askPlain({ method: "OPTIONS", path: "/ok", headers: preflightFrom(evil, "PUT") });
        const actual = await askPlain({ path: "/ok", headers: from(evil) });
        return firstOf(tellsStranger(preflight), tellsStranger(actual));
      },
    },
  },
  {
    words: "`Vary: Origin` stands on answers without CORS headers too",
    check: {
      async plain(askPlain) {
        const refused = await askPlain({ path: "/ok", headers: from(evil) });
        const noOrigin = await askPlain({ path: "/ok" });
        const preflight = await askPlain({ method: "OPTIONS", path: "/ok", headers: preflightFrom(evil, "PUT") });
        return firstOf(
          unvaried(refused) && "not on the answer to a page that is refused",
          unvaried(noOrigin) && "not on the answer to a request without Origin",
          unvaried(preflight) && "not on a refused preflight",
        );
      },
    },
  },
  {
    words: "The application's own `Vary` and the policy's both stand",
    check: {
      async plain(askPlain) {
        const got = await askPlain({ path: "/vary/lines", headers: from(app) });
        const members = varyMembers(got);
        const kept = ["accept", "cookie", "origin"].every((member) => members.includes(member));
        return kept ? undefined : `Vary: ${members.join(", ") || "(none)"}`;
      },
    },
  },
  {
    words: "CORS headers that the application sets itself neither double nor leak",
    check: {
      async plain(askPlain) {
        const allowed = await askPlain({ path: "/own-cors", headers: from(app) });
        const refused = await askPlain({ path: "/own-cors", headers: from(evil) });
        return firstOf(unreadable(allowed, 200), tellsStranger(refused));
      },
    },
  },
  {
    words: "Two `Origin` lines never match",
    check: {
      async plain(askPlain) {
        const twice: HeaderLines = [
          ["Origin", app],
          ["Origin", app],
        ];
        const [origin] = linesOf(await askPlain({ path: "/ok", headers: twice }), "access-control-allow-origin");
        return origin === undefined ? undefined : `Access-Control-Allow-Origin: ${origin}`;
      },
    },
  },
  {
    words: "A path that cannot be decoded can be read",
    check: {
      async plain(askPlain) {
        const got = await askPlain({ path: "/%E0%A4%A", headers: from(app) });
        return unreadable(got, got.status);
      },
    },
  },
];

const setups: readonly Guarantee[] = [
  {
    words: "Below a prefix: every preflight, every answer, and nothing outside",
    check: {
      async own(subject) {
        const server = await subject.start({ ...plainSetup, mount: "prefix" });
        try {
          const preflights = await Promise.all(
            ["/api", "/api/", "/api/ok", "/api/missing", "/api/missing/as/well"].map(async (path) => {
              const found = notPassed(
                await ask(server.port, { method: "OPTIONS", path, headers: preflightFrom(app, "PUT") }),
              );
              return found === undefined ? undefined : `${path}: ${found}`;
            }),
          );
          const missing = await ask(server.port, { path: "/api/missing", headers: from(app) });
          const thrown = await ask(server.port, { path: "/api/thrown", headers: from(app) });
          const outside = await ask(server.port, { path: "/ok", headers: from(app) });
          return firstOf(
            ...preflights,
            unreadable(missing, 404),
            unreadable(thrown, 500),
            corsLines(outside).length > 0 ? "has an effect outside" : undefined,
          );
        } finally {
          await server.close();
        }
      },
    },
  },
  {
    words: "Registered twice, no value doubles",
    check: {
      async own(subject) {
        // To refuse to start is as good as to work.
        const server = await subject.start({ ...plainSetup, times: 2 }).catch(() => undefined);
        if (server === undefined) return undefined;
        try {
          const got = await ask(server.port, { path: "/ok", headers: from(app) });
          const preflight = await ask(server.port, {
            method: "OPTIONS",
            path: "/ok",
            headers: preflightFrom(app, "PUT"),
          });
          const doubled = varyMembers(got).filter((member) => member === "origin").length > 1;
          return firstOf(unreadable(got, 200), notPassed(preflight), doubled ? "Vary: Origin, Origin" : undefined);
        } finally {
          await server.close();
        }
      },
    },
  },
  {
    words: "Any origin with cookies cannot be built",
    check: {
      async own(subject) {
        const server = await subject.start(plainSetup, true).catch(() => undefined);
        if (server === undefined) return undefined;
        try {
          const got = await ask(server.port, { path: "/ok", headers: from(evil, ["Cookie", "a=1"]) });
          const origin = linesOf(got, "access-control-allow-origin").join(", ");
          return origin === evil
            ? "every origin is sent back, with credentials"
            : `starts, and sends ${origin} with credentials`;
        } finally {
          await server.close();
        }
      },
    },
  },
  {
    words: "HTTP/2 is answered alike",
    check: {
      async own(subject) {
        if (!subject.http2) return "does not apply";
        const server = await subject.start({ ...plainSetup, http2: true });
        try {
          const got = await askHttp2(server.port, { path: "/ok", headers: from(app) });
          const missing = await askHttp2(server.port, { path: "/missing", headers: from(app) });
          const preflight = await askHttp2(server.port, {
            method: "OPTIONS",
            path: "/ok",
            headers: preflightFrom(app, "PUT"),
          });
          return firstOf(unreadable(got, 200), unreadable(missing, 404), notPassed(preflight));
        } finally {
          await server.close();
        }
      },
    },
  },
];

/** The rows of the matrix. */
export const guarantees: readonly Guarantee[] = [...outcomes, ...requests, ...setups];
