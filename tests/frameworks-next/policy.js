import { cors } from "@corsmith/cors/next";
import { sendDecisions } from "@corsmith/cors/observe";

/** Where CORS is: `proxy` or `handlers`. Read when the server starts, so that one build serves all tests. */
export const form = process.env.CORS_FORM ?? "proxy";

/** What stands before the paths that have CORS. */
export const prefix = process.env.CORS_PREFIX ?? "";

// JSON has no functions: the look-up of the policy `tenants` of the table is written here again.
const originLookup = {
  find: async (origin) => {
    if (origin === "https://broken.example") throw new Error("the database is down");
    return origin === "https://tenant.example";
  },
};

const journal = process.env.CORS_JOURNAL;
const { onDecision } = journal === undefined ? {} : sendDecisions({ url: journal });
const quiet = { onError: () => {}, onConflict: () => {}, onStacked: () => {}, onDecision };
const times = Number(process.env.CORS_TIMES ?? "1");

let made;

/** Made when the server starts: while Next builds, there is no policy. */
export function guard() {
  made ??= makeGuard();
  return made;
}

function makeGuard() {
  const { originLookup: lookup, ...policy } = JSON.parse(process.env.CORS_POLICY ?? "{}");
  const guards = Array.from({ length: times }, () =>
    cors(lookup === undefined ? policy : { ...policy, originLookup }, quiet),
  );
  const all = (handler) => guards.reduceRight((inner, one) => one(inner), handler);
  return Object.assign(all, { OPTIONS: all(() => new Response(null, { status: 204 })) });
}
