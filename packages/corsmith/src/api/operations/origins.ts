import { decide } from "@corsmith/cors";
import { pageQuery, text, windowQuery } from "../../journal/schema/common.ts";
import { OriginDetail, Origins, originsQuery } from "../../journal/schema/origins.ts";
import { type ApiContext, callsOf } from "../operation.ts";
import { askJournal, notFound, rangeOf } from "./decisions.ts";

const { get } = callsOf("Decisions");

/** The inventory of origins. */
export const originOperations = {
  listOrigins: get("/api/origins", "The inventory of origins", {
    query: { ...pageQuery, ...originsQuery },
    answer: Origins,
    problems: ["journal-unavailable", "cursor-invalid"],
    async handle({ query }, context) {
      const page = await askJournal(context, (queries) => queries.origins(query));
      return { ...page, origins: page.origins.map((each) => ({ ...each, allowedNow: isAllowedNow(each, context) })) };
    },
  }),
  getOrigin: get("/api/origins/{origin}", "Everything known about one origin", {
    params: {
      origin: text("Percent-encoded: `https%3A%2F%2Fapp.example.com`.", 1_024),
    },
    query: windowQuery,
    answer: OriginDetail,
    problems: ["journal-unavailable", "not-found"],
    async handle({ params: { origin }, query }, context) {
      const detail = await askJournal(context, (queries) => queries.origin(origin, rangeOf(query)));
      if (detail === undefined) throw notFound("The inventory does not name this origin.", "path.origin", origin);
      return { ...detail, summary: { ...detail.summary, allowedNow: isAllowedNow(detail.summary, context) } };
    },
  }),
};

type SeenOrigin = Pick<OriginDetail["summary"], "origin" | "routes">;

/** Does the active policy allow the origin, on each of its routes? */
function isAllowedNow({ origin, routes }: SeenOrigin, { policy: { active } }: ApiContext): boolean {
  if (active === undefined) return false;
  const { policies } = active;
  return routes.every((path) => {
    const policy = policies.routes.find((route) => route.path === path)?.policy ?? policies.policy;
    return decide(policy, { method: "GET", origin }).reason === "allowed";
  });
}
