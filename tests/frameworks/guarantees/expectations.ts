import { type Got, linesOf, varyMembers } from "../support/ask.ts";
import { app } from "../table/policies.ts";

/** What was found instead of what was guaranteed; `undefined`: all is as it should be. */
export type Shortfall = string | undefined;

/** The first of several shortfalls. */
export function firstOf(...shortfalls: readonly Shortfall[]): Shortfall {
  return shortfalls.find((shortfall) => shortfall !== undefined);
}

/** Can the allowed page read this answer, cookies and all, as a browser judges? @see https://fetch.spec.whatwg.org/#concept-cors-check */
export function unreadable(got: Got, status: number): Shortfall {
  if (got.status !== status) return `answers ${got.status} instead of ${status}`;
  const origins = linesOf(got, "access-control-allow-origin");
  if (origins.length === 0) return `${status} without Access-Control-Allow-Origin`;
  if (origins.length > 1) return `Access-Control-Allow-Origin stands ${origins.length} times`;
  if (origins[0] !== app) return `Access-Control-Allow-Origin: ${origins[0]}`;
  if (linesOf(got, "access-control-allow-credentials").join() !== "true")
    return `${status} without Access-Control-Allow-Credentials`;
  return undefined;
}

/** Would a shared cache keep this answer apart for other origins? */
export function unvaried(got: Got): Shortfall {
  const members = varyMembers(got);
  if (members.includes("*")) return undefined;
  return members.includes("origin") ? undefined : "no Vary: Origin";
}

/** Is this the answer to a preflight that lets the page go on? */
export function notPassed(got: Got): Shortfall {
  if (got.status < 200 || got.status > 299) return `the preflight is answered ${got.status}`;
  const readable = unreadable(got, got.status);
  if (readable !== undefined) return readable.replace(`${got.status} without`, "the preflight's answer is without");
  const methods = linesOf(got, "access-control-allow-methods").join(",").split(",");
  return methods.map((method) => method.trim()).includes("PUT")
    ? undefined
    : "the preflight's answer does not name PUT";
}

/** Says this answer anything to a page that is refused? */
export function tellsStranger(got: Got): Shortfall {
  const names = got.lines.map(([name]) => name).filter((name) => name.startsWith("access-control-"));
  return names.length === 0 ? undefined : `a page that is refused is sent ${[...new Set(names)].toSorted().join(", ")}`;
}
