import { getAs, type Probe, preflightAs } from "../probe.ts";
import { randomLabel } from "../random-name.ts";

/** What a page that is let in is granted, and where: asked as such a page. */
export function welcomedProbes(url: string, origin: string, stranger: string): readonly Probe[] {
  const method = randomLabel().toUpperCase();
  return [
    preflightAs(origin, url, "strange-method", { method }),
    preflightAs(origin, url, "strange-header", { headers: [["Access-Control-Request-Headers", `x-${randomLabel()}`]] }),
    preflightAs(origin, url, "authorization-header", {
      headers: [["Access-Control-Request-Headers", "authorization"]],
    }),
    getAs(origin, below(url, "corsmith-audit-no-such-page"), "missing-path"),
    ...spellings(url).map((spelled) => getAs(origin, spelled, "spelled-otherwise")),
    ...cachePair(url, origin, stranger),
    ...(origin === stranger ? [] : twoOrigins(url, origin, stranger)),
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

/** The same URL, new to every cache, first by one page and then by another. */
function cachePair(url: string, origin: string, stranger: string): readonly Probe[] {
  if (origin === stranger) return [];
  const fresh = withQuery(url, { "corsmith-audit": randomLabel() });
  return [getAs(origin, fresh, "cache-first"), getAs(stranger, fresh, "cache-second")];
}

function twoOrigins(url: string, origin: string, stranger: string): readonly Probe[] {
  const orders = [
    [origin, stranger],
    [stranger, origin],
  ];
  return orders.map((pair) => ({
    purpose: "two-origins",
    method: "GET",
    url,
    origin: stranger,
    headers: pair.map((value) => ["Origin", value] as const),
  }));
}

/** The URL with these in its query. */
export function withQuery(url: string, values: Readonly<Record<string, string>>): string {
  const parsed = new URL(url);
  for (const [name, value] of Object.entries(values)) parsed.searchParams.set(name, value);
  return parsed.href;
}
