import { cors } from "@corsmith/cors/next";

/** Where the two policies are: `proxy` or `handlers`. Read when the server starts, as in `policy.js`. */
export const twoForm = process.env.CORS_TWO ?? "";

const guards = new Map();

/** The guard of what is below `/public` or `/account`. */
export function guardOf(part) {
  const guard = guards.get(part) ?? cors(JSON.parse(process.env.CORS_POLICIES ?? "{}")[part]);
  guards.set(part, guard);
  return guard;
}

const things = () => new Response("things");

/** What the route file of a part exports: guarded by its own policy, or bare where the proxy guards it. */
export function thingsOf(part) {
  if (twoForm !== "handlers") return { GET: things };
  const guarded = (request) => guardOf(part)(things)(request);
  const options = (request) => guardOf(part).OPTIONS(request);
  return { GET: guarded, OPTIONS: options };
}
