import { decide } from "@corsmith/cors";
import { Type } from "typebox";
import { pageQuery, windowQuery } from "../../journal/schema/common.ts";
import { OriginDetail, Origins, originsQuery } from "../../journal/schema/origins.ts";
import { type ApiContext, defineOperation } from "../operation.ts";
import { askJournal, notFound, rangeOf } from "./decisions.ts";

/** The inventory of origins. */
export const originOperations = {
  listOrigins: defineOperation({
    method: "GET",
    path: "/api/origins",
    tag: "Decisions",
    summary: "The inventory of origins",
    query: { ...pageQuery, ...originsQuery },
    answer: Origins,
    problems: ["journal-unavailable", "cursor-invalid"],
    async handle({ query }, context) {
      const page = await askJournal(context, (queries) => queries.origins(query));
      return { ...page, origins: page.origins.map((each) => ({ ...each, allowedNow: isAllowedNow(each, context) })) };
    },
  }),
  getOrigin: defineOperation({
    method: "GET",
    path: "/api/origins/{origin}",
    tag: "Decisions",
    summary: "Everything known about one origin",
    params: {
      origin: Type.String({ maxLength: 1_024, description: "Percent-encoded: `https%3A%2F%2Fapp.example.com`." }),
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

interface SeenOrigin {
  readonly origin: string;
  readonly routes: readonly string[];
}

/** Does the active policy allow the origin, on each of its routes? */
function isAllowedNow({ origin, routes }: SeenOrigin, { policy: { active } }: ApiContext): boolean {
  if (active === undefined) return false;
  const { policies } = active;
  return routes.every((path) => {
    const policy = policies.routes.find((route) => route.path === path)?.policy ?? policies.policy;
    return decide(policy, { method: "GET", origin }).reason === "allowed";
  });
}
