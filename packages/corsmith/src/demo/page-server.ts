import { readdir, readFile } from "node:fs/promises";
import type { RequestListener, ServerResponse } from "node:http";
import { extname } from "node:path";

/** What the page asks its own origin for, at `/demo.json`. */
export interface PageFacts {
  /** Origin of the gateway; `null` as long as it has not started. */
  readonly api: string | null;
  readonly allowedOrigin: string;
  readonly refusedOrigin: string;
}

/** The files of the page by their paths, held in memory. */
type PageFiles = ReadonlyMap<string, { readonly type: string; readonly body: Buffer }>;

const text = "text/plain; charset=utf-8";
const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

// The same place seen from src/demo and from dist/demo: the folder travels in the package as it is.
const folder = new URL("../../demo-page/", import.meta.url);

/** Reads the page's files. Throws where the package is incomplete. */
export async function readPageFiles(): Promise<PageFiles> {
  const files = new Map<string, { type: string; body: Buffer }>();
  for (const name of await readdir(folder)) {
    const type = types[extname(name)];
    if (type !== undefined) files.set(`/${name}`, { type, body: await readFile(new URL(name, folder)) });
  }
  const index = files.get("/index.html");
  if (index === undefined)
    throw new Error(`The demo's page is missing from ${folder.pathname}; install the package again.`);
  return files.set("/", index);
}

/** Serves the page. `factsNow` is asked at every request, because the gateway starts after the page does. */
export function createPageServer(files: PageFiles, factsNow: () => PageFacts): RequestListener {
  return (request, response) => {
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("Allow", "GET, HEAD");
      answer(response, 405, text, "This is a page: GET it.\n");
      return;
    }
    const now = factsNow();
    response.setHeader("Content-Security-Policy", contentSecurityPolicy(now.api));
    const facts = { type: "application/json; charset=utf-8", body: JSON.stringify(now) };
    const file = path === "/demo.json" ? facts : files.get(path);
    if (file === undefined) answer(response, 404, text, "There is no such file in the demo's page.\n");
    else answer(response, 200, file.type, file.body);
  };
}

/** Nothing but the page's own files, and requests to the gateway. @see https://www.w3.org/TR/CSP3/#csp-directives */
function contentSecurityPolicy(api: string | null): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self'${api === null ? "" : ` ${api}`}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
}

function answer(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Cache-Control", "no-store");
  response.writeHead(status, { "Content-Type": type }).end(body);
}
