import { app, evil, type PolicyName } from "./policies.ts";
import { from, type Row } from "./row.ts";

const open = ["access-control-allow-origin: *", "access-control-expose-headers: *"];

type Case = readonly [name: string, policy: PolicyName, path: string, origin: string, vary: readonly string[]];

const cases: readonly Case[] = [
  ["S44: one member", "several", "/vary/accept", app, ["accept", "origin"]],
  ["S44: one member, of a page that is refused", "several", "/vary/accept", evil, ["accept", "origin"]],
  ["S44: one member, where anybody may", "open", "/vary/accept", app, ["accept"]],
  ["S45: two lines", "several", "/vary/lines", app, ["accept", "cookie", "origin"]],
  ["S45: two lines, of a page that is refused", "several", "/vary/lines", evil, ["accept", "cookie", "origin"]],
  ["S45: two lines, where anybody may", "open", "/vary/lines", app, ["accept", "cookie"]],
  ["S44: a star", "several", "/vary/star", app, ["*"]],
  ["S44: a star, where anybody may", "open", "/vary/star", app, ["*"]],
  ["S44: Origin itself, in lower case", "several", "/vary/origin", app, ["origin"]],
  ["S44: Origin itself, where anybody may", "open", "/vary/origin", app, ["origin"]],
];

/** What the application says in `Vary` is kept. */
export const varies: readonly Row[] = cases.map(([name, policy, path, origin, vary]) => ({
  name: `${name.slice(0, name.indexOf(":"))}: the application's Vary, ${name.slice(name.indexOf(":") + 2)}`,
  policy,
  mount: "everywhere",
  ask: { path, headers: from(origin) },
  status: 200,
  cors: policy === "open" ? open : origin === app ? [`access-control-allow-origin: ${app}`] : [],
  vary,
}));
