import type { IncomingMessage, ServerResponse } from "node:http";
import { referenceFile } from "./reference-page.ts";
import { chooseCoding, memoryFile, readSite, type SiteFile } from "./site.ts";
import { unbuiltPage } from "./unbuilt-page.ts";

// The same place seen from src/admin and from dist/admin: the folder travels in the package as it is.
const consoleFolder = new URL("../../console/", import.meta.url);

/** Nothing but its own files, and calls of this server. @see https://www.w3.org/TR/CSP3/#csp-directives */
const consolePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The reference has pictures inside its style sheet. */
const referencePolicy = consolePolicy.replace("img-src 'self'", "img-src 'self' data:");

let consoleFiles: ReadonlyMap<string, SiteFile> = new Map();

/**
 * Answers if this is a page, or one of its files: the console and the reference of the API. They hold no data, so they need no token.
 *
 * @returns whether it was answered
 */
export async function answerPage(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> {
  if (request.method !== "GET" && request.method !== "HEAD") return false;
  const reference = referenceFile(path);
  if (reference !== undefined) {
    response.setHeader("content-security-policy", referencePolicy);
    await send(request, response, reference);
    return true;
  }
  const file = consoleFile(request, path);
  if (file === undefined) return false;
  response.setHeader("content-security-policy", consolePolicy);
  await send(request, response, file);
  return true;
}

function consoleFile(request: IncomingMessage, path: string): SiteFile | undefined {
  if (path.startsWith("/api/") || path === "/metrics") return undefined;
  // Built while we run: then it is there at the next request.
  if (consoleFiles.size === 0) consoleFiles = readSite(consoleFolder, "/assets/");
  const exact = consoleFiles.get(path);
  if (exact !== undefined) return exact;
  return opensView(request, path)
    ? (consoleFiles.get("/index.html") ?? memoryFile(Buffer.from(unbuiltPage), ".html"))
    : undefined;
}

/** The console draws each of its views itself, from one page; what a program asks for is none. The name of an origin has dots in it. */
function opensView({ headers }: IncomingMessage, path: string): boolean {
  return path === "/" || (/\btext\/html\b/i.test(headers.accept ?? "") && !path.startsWith("/assets/"));
}

async function send(request: IncomingMessage, response: ServerResponse, file: SiteFile): Promise<void> {
  response.setHeader("cache-control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  response.setHeader("etag", file.etag);
  response.setHeader("vary", "accept-encoding");
  if (request.headers["if-none-match"] === file.etag) {
    response.writeHead(304).end();
    return;
  }
  const coding = chooseCoding(request.headers["accept-encoding"] as string | undefined);
  const body = await file.body(coding);
  if (coding !== "identity") response.setHeader("content-encoding", coding);
  response.writeHead(200, { "content-type": file.type, "content-length": body.length });
  response.end(request.method === "HEAD" ? undefined : body);
}
