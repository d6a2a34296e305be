/**
 * The application that every host serves, each in its framework's own way. Paths are below `base(mount)`.
 *
 * | path | what happens there |
 * |---|---|
 * | any method `/ok` | 200 `ok` |
 * | `POST /created` | 201 with `Location` |
 * | `GET /empty`, `GET /unchanged` | 204, 304 |
 * | `GET /thrown`, `GET /rejected` | the handler throws, or its promise rejects: 500 |
 * | `GET /refused` | the framework's own HTTP error: 403 |
 * | `GET /teapot` | an error that the application's own error handler answers with 418 |
 * | `GET /gone` | the handler answers 404; a path that no route has is the router's 404 |
 * | `POST /checked` | a body that is `{"n":1}`; another one is refused by validation with 400, an endless one (over 1 kB) with 413 |
 * | `GET /late` | the handler's time is over: 504 |
 * | `GET /limited` | 429 with `Retry-After` |
 * | any method `/private` | authentication, registered after CORS, answers 401 |
 * | `GET /stream` | two chunks |
 * | `GET /aborted` | a chunk, and then the connection is cut |
 * | `GET /moved` | 302, by `Response.redirect` where there is one: its headers are immutable |
 * | `GET /bare` | the lowest way to answer that the framework has, past its own reply object: 200 |
 * | `GET /own-cors` | 200 with CORS headers that the application sets itself |
 * | `GET /vary/accept`, `/vary/lines`, `/vary/star`, `/vary/origin` | 200 with `Vary: Accept`; `Accept` and `Cookie` in two lines; `*`; `origin` |
 * | `GET /cookies` | 200 with two `Set-Cookie` lines |
 * | `OPTIONS /mine` | the application's own answer to OPTIONS: 200 with `Allow` |
 */
export const applicationPaths = [
  "/ok",
  "/created",
  "/empty",
  "/unchanged",
  "/thrown",
  "/rejected",
  "/refused",
  "/teapot",
  "/gone",
  "/checked",
  "/late",
  "/limited",
  "/private",
  "/stream",
  "/aborted",
  "/moved",
  "/bare",
  "/own-cors",
  "/vary/accept",
  "/vary/lines",
  "/vary/star",
  "/vary/origin",
  "/cookies",
  "/mine",
] as const;

/**
 * Where CORS is registered: for everything, or for what is below `/api` alone; or for everything, with the application below any one
 * segment, so that one server can have many policies.
 */
export type Mount = "everywhere" | "prefix" | "segment";

/** What stands before the application's paths, as routers write it. */
export type Base = "" | "/api" | "/:segment";

const bases: Readonly<Record<Mount, Base>> = { everywhere: "", prefix: "/api", segment: "/:segment" };

export function base(mount: Mount): Base {
  return bases[mount];
}

/** What CORS is registered on. */
export function corsBase(of: Base): "" | "/api" {
  return of === "/api" ? of : "";
}

/** The application's part of a path; `undefined` for a path outside, of which it answers `/ok` alone. */
export function pathWithin(of: Base, path: string): string | undefined {
  if (of === "/:segment") return /^\/[^/]+(\/.*)$/.exec(path)?.[1];
  return path === of || path.startsWith(`${of}/`) ? path.slice(of.length) : undefined;
}

/** The CORS headers that the application sets itself, where it should not. */
export const ownCors: Readonly<Record<string, string>> = {
  "Access-Control-Allow-Origin": "https://other.example",
  "Access-Control-Allow-Credentials": "true",
  "Access-Control-Allow-Methods": "PATCH",
};

/** What the application's own error handler knows. */
export class Teapot extends Error {}

/** Is this the body that `/checked` takes? */
export function isChecked(body: unknown): boolean {
  return typeof body === "object" && body !== null && "n" in body && typeof body.n === "number";
}

/** The most bytes that `/checked` takes. */
export const bodyLimit = 1024;

/** Rejects, as what is asked of a database does that does not answer in time. */
export async function tooLate(make: () => Error): Promise<never> {
  await new Promise((resolve) => setTimeout(resolve, 5));
  throw make();
}
