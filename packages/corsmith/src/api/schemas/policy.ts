import { dangerTable, policyKeyTable } from "@corsmith/cors";
import { Type } from "typebox";
import { type Data, named, oneOf, orNull, text } from "../../journal/schema/common.ts";
import { Finding } from "./finding.ts";

type Key = keyof typeof policyKeyTable;

const about = (key: Key) => ({ description: policyKeyTable[key].help });
const names = (key: Key) => Type.Array(Type.String(), about(key));
const dangers = Object.fromEntries(
  Object.entries(dangerTable).map(([name, description]) => [name, Type.Boolean({ description })]),
) as Record<keyof typeof dangerTable, Type.TBoolean>;

const Policy = Type.Object(
  {
    allowOrigins: names("allowOrigins"),
    allowCredentials: Type.Boolean(about("allowCredentials")),
    allowMethods: names("allowMethods"),
    allowHeaders: names("allowHeaders"),
    exposeHeaders: names("exposeHeaders"),
    upstreamExposeHeaders: Type.Optional(Type.Literal("merge", about("upstreamExposeHeaders"))),
    maxAge: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400, ...about("maxAge") })),
    crossOriginProtection: Type.Boolean(about("crossOriginProtection")),
    preflightStatus: Type.Union([Type.Literal(204), Type.Literal(200)], about("preflightStatus")),
    originLookup: Type.Optional(
      Type.Unknown({ description: "Present if origins are looked up by code, which cannot be shown." }),
    ),
    dangerously: Type.Optional(Type.Partial(Type.Object(dangers), about("dangerously"))),
  } satisfies Record<Exclude<Key, "preset">, unknown>,
  named("Policy", "A checked policy, in canonical form."),
);
export type Policy = Data<typeof Policy>;

const PolicyOrFalse = Type.Union([Policy, Type.Literal(false)], {
  description: "`false` where there is no policy: the API's own CORS headers go out as they are.",
});

const Route = Type.Object(
  { path: text("The path from which the policy applies."), policy: PolicyOrFalse },
  named("Route", "A policy of its own for a part of the API."),
);
export type Route = Data<typeof Route>;

export const PolicyInForce = Type.Object(
  {
    load: Type.Integer({ description: "The number of the load that brought it; 0 while starting." }),
    since: Type.Optional(Type.String({ format: "date-time" })),
    source: Type.Optional(text("Where the policy is written, in words.")),
    policy: Type.Optional(PolicyOrFalse),
    routes: Type.Optional(Type.Array(Route)),
  },
  named("PolicyInForce", "The policies that are enforced now."),
);
export type PolicyInForce = Data<typeof PolicyInForce>;

export const PolicySource = Type.Object(
  {
    file: orNull(Type.String(), "The configuration file; null if there is none."),
    format: oneOf(["yaml", "json", "code", "none"]),
    editable: Type.Boolean({ description: "Can the API write it?" }),
    reason: Type.Optional(text("Why it cannot be written, and what to do instead.")),
    text: text("The text of the file; where there is none, the active policy as YAML."),
    base: text("Names this state of the file. `apply` requires it, so that no edit is lost."),
    mode: orNull(Type.String(), "The active section: development, production or none."),
    findings: Type.Array(Finding, { description: "The findings of the file as it is." }),
  },
  named("PolicySource", "The file in which the policy is written: the one source of truth."),
);
export type PolicySource = Data<typeof PolicySource>;

export const Candidate = Type.Object(
  {
    text: text("A policy, or a whole configuration, as the file would hold it.", 1_000_000),
    format: Type.Optional(
      oneOf(["yaml", "json"], { description: "How to read it. Default: as the active file, else YAML." }),
    ),
  },
  { ...named("Candidate", "A policy that is not active (yet)."), additionalProperties: false },
);
export type Candidate = Data<typeof Candidate>;

export const PolicyReport = Type.Object(
  {
    ok: Type.Boolean({ description: "Can it be applied?" }),
    findings: Type.Array(Finding),
    policy: Type.Optional(PolicyOrFalse),
    routes: Type.Optional(Type.Array(Route)),
  },
  named("PolicyReport", "Everything that is wrong with a policy, and its canonical form if nothing is."),
);
export type PolicyReport = Data<typeof PolicyReport>;
