import type { Target } from "../target.ts";
import { getAs, type Probe, preflightAs } from "./probe.ts";
import { randomHost, randomLabel } from "./random-name.ts";

/** Which pages the API allows: asked first, since everything else depends on it. */
export function firstProbes(url: string, origins: readonly string[]): readonly Probe[] {
  const unknownOrigin = `https://${randomHost()}`;
  return [
    { purpose: "without-origin", method: "GET", url, headers: [] },
    ...origins.map((origin) => getAs(origin, url, "known")),
    getAs(unknownOrigin, url, "unknown-origin"),
    getAs(`https://${randomHost()}`, url, "second-unknown-origin"),
    getAs("null", url, "null-origin"),
    // Some servers answer * without a cookie, and the origin that asks with one.
    getAs(unknownOrigin, url, "unknown-origin-with-cookie", [["Cookie", `${randomLabel()}=1`]]),
    preflightAs(unknownOrigin, url, "unknown-origin-preflight"),
    ...origins.map((origin) => preflightAs(origin, url, "known-preflight")),
  ];
}

/** What a page that is allowed is granted, and where: asked as such a page. */
export function grantProbes(url: string, origin: string, unknownOrigin: string): readonly Probe[] {
  const method = randomLabel().toUpperCase();
  return [
    preflightAs(origin, url, "unknown-method", [], method),
    preflightAs(origin, url, "unknown-header", [["Access-Control-Request-Headers", `x-${randomLabel()}`]]),
    preflightAs(origin, url, "authorization-header", [["Access-Control-Request-Headers", "authorization"]]),
    getAs(origin, below(url, "corsmith-audit-no-such-page"), "missing-path"),
    ...spellings(url).map((spelled) => getAs(origin, spelled, "other-spelling")),
    ...(origin === unknownOrigin ? [] : besideUnknown(url, origin, unknownOrigin)),
  ];
}

function below(url: string, name: string): string {
  const path = new URL(url);
  path.pathname = `${path.pathname.replace(/\/$/, "")}/${name}`;
  return path.href;
}

/** Other texts for the same path, as many routers have it. @see https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2 */
function spellings(url: string): readonly string[] {
  const { origin, pathname, search } = new URL(url);
  if (pathname === "/") return [];
  const last = pathname.at(-1) ?? "";
  const encoded = `${pathname.slice(0, -1)}%${last.charCodeAt(0).toString(16).padStart(2, "0")}`;
  const paths = [
    pathname.endsWith("/") ? pathname.slice(0, -1) : `${pathname}/`,
    pathname.toUpperCase(),
    `/${pathname}`,
    ...(/[a-z0-9]/i.test(last) ? [encoded] : []),
  ];
  return paths.filter((path) => path !== pathname).map((path) => `${origin}${path}${search}`);
}

/** As an allowed page and as an unknown one: one after the other, of a URL that is new to every cache; and as both at once. */
function besideUnknown(url: string, origin: string, unknownOrigin: string): readonly Probe[] {
  const fresh = withQuery(url, { "corsmith-audit": randomLabel() });
  const asBoth = (...origins: readonly string[]): Probe => ({
    purpose: "two-origins",
    method: "GET",
    url,
    origin: unknownOrigin,
    headers: origins.map((value) => ["Origin", value] as const),
  });
  return [
    getAs(origin, fresh, "cache-first"),
    getAs(unknownOrigin, fresh, "cache-second"),
    asBoth(origin, unknownOrigin),
    asBoth(unknownOrigin, origin),
  ];
}

/** The URL with these in its query. */
function withQuery(url: string, values: Readonly<Record<string, string>>): string {
  const parsed = new URL(url);
  for (const [name, value] of Object.entries(values)) parsed.searchParams.set(name, value);
  return parsed.href;
}

/** Ways past the policy, and around it. */
export function bypassProbes({ url }: Target, unknownOrigin: string): readonly Probe[] {
  const foreign = `https://${randomHost()}`;
  // A cache that keeps such an answer must not give it to anybody else.
  const fresh = withQuery(url, { "corsmith-audit": randomLabel() });
  const callback = `cb${randomLabel()}`;
  return [
    preflightAs(unknownOrigin, url, "private-network", [["Access-Control-Request-Private-Network", "true"]]),
    getAs(unknownOrigin, fresh, "other-input", [["Referer", `${foreign}/`]]),
    getAs(unknownOrigin, fresh, "other-input", [["X-Origin", foreign]]),
    getAs(unknownOrigin, fresh, "other-input", [["X-Forwarded-Host", new URL(foreign).host]]),
    getAs(unknownOrigin, withQuery(url, { origin: foreign, domain: foreign }), "other-input"),
    { purpose: "jsonp", method: "GET", url: withQuery(url, { callback, jsonp: callback }), headers: [] },
    ...["/crossdomain.xml", "/clientaccesspolicy.xml"].map(
      (path): Probe => ({ purpose: "policy-file", method: "GET", url: new URL(path, url).href, headers: [] }),
    ),
    websocket(url, unknownOrigin),
  ];
}

/** @see https://www.rfc-editor.org/rfc/rfc6455#section-4.1 */
function websocket(url: string, origin: string): Probe {
  return getAs(origin, url, "websocket", [
    ["Connection", "Upgrade"],
    ["Upgrade", "websocket"],
    ["Sec-WebSocket-Version", "13"],
    ["Sec-WebSocket-Key", Buffer.from(randomLabel().padEnd(16, "0").slice(0, 16)).toString("base64")],
  ]);
}

/** A page that was rebound to this address by its own name server asks like this: no Origin, since it is its own. */
export function rebindingProbe({ url }: Target): Probe {
  const { port } = new URL(url);
  const host = port === "" ? randomHost() : `${randomHost()}:${port}`;
  return { purpose: "foreign-host", method: "GET", url, headers: [["Host", host]] };
}
