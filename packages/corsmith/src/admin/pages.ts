import { existsSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { chooseCoding, readSite, type SiteFile, siteFile } from "./site.ts";

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
  const file = reference ?? consoleFile(request, path);
  if (file === undefined) return false;
  response.setHeader("content-security-policy", reference === undefined ? consolePolicy : referencePolicy);
  response.setHeader("cache-control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  response.setHeader("etag", file.etag);
  response.setHeader("vary", "accept-encoding");
  if (request.headers["if-none-match"] === file.etag) {
    response.writeHead(304).end();
    return true;
  }
  const coding = chooseCoding(String(request.headers["accept-encoding"] ?? ""));
  const body = await file.body(coding);
  if (coding !== "identity") response.setHeader("content-encoding", coding);
  response.writeHead(200, { "content-type": file.type, "content-length": body.length });
  response.end(request.method === "HEAD" ? undefined : body);
  return true;
}

function consoleFile({ headers }: IncomingMessage, path: string): SiteFile | undefined {
  if (path.startsWith("/api/") || path === "/metrics") return undefined;
  // Built while we run: then it is there at the next request.
  if (consoleFiles.size === 0) consoleFiles = readSite(consoleFolder, "/assets/");
  const exact = consoleFiles.get(path);
  if (exact !== undefined) return exact;
  // The console draws each of its views itself, from one page. A program that asks is not shown any. The name of an origin has dots in it.
  const opensView = path === "/" || (/\btext\/html\b/i.test(headers.accept ?? "") && !path.startsWith("/assets/"));
  return opensView ? (consoleFiles.get("/index.html") ?? unbuiltPage) : undefined;
}

/** What is shown at `/` as long as the console has not been built: only in this repository, never in the package. */
const unbuiltPage = siteFile(
  `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Corsmith: the console is not built</title>
<h1>The console is not built yet</h1>
<p>In the repository, run <code>npm run build</code>, and open this page again.</p>
<p>The <a href="/api/reference">reference of the API</a> is there, and so are
<a href="/api/status">/api/status</a> and <a href="/metrics">/metrics</a>.</p>
</html>
`,
  "index.html",
);

const referencePage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The operator's API · Corsmith</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/api/reference/swagger-ui.css">
<link rel="stylesheet" href="/api/reference/page.css">
<main id="reference"></main>
<noscript>The description of the API, without this page, is at <a href="/api/openapi.json">/api/openapi.json</a>.</noscript>
<script src="/api/reference/swagger-ui-bundle.js"></script>
<script src="/api/reference/page.js"></script>
</html>
`;

// No validator: it would send the document to another site.
const referenceScript = `SwaggerUIBundle({
  url: "/api/openapi.json",
  dom_id: "#reference",
  deepLinking: true,
  validatorUrl: null,
  displayOperationId: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  syntaxHighlight: { activated: false },
});
`;

// There is one server, the one that has sent this page.
const referenceStyle = `body { margin: 0 }
.swagger-ui .scheme-container .servers-title, .swagger-ui .servers { display: none }
.swagger-ui .info { margin: 24px 0 }
@media (max-width: 600px) { .swagger-ui .opblock-summary-operation-id { display: none } }
`;

/** Makes each file of the page on which every call can be tried. The page asks no other site for anything. */
const referenceFiles: Readonly<Record<string, () => SiteFile>> = {
  "/api/reference": () => siteFile(referencePage, "page.html"),
  "/api/reference/page.js": () => siteFile(referenceScript, "page.js"),
  "/api/reference/page.css": () => siteFile(referenceStyle, "page.css"),
  "/api/reference/swagger-ui-bundle.js": () => rendererFile("swagger-ui-bundle.js"),
  "/api/reference/swagger-ui.css": () => rendererFile("swagger-ui.css"),
};
const madeFiles = new Map<string, SiteFile>();

function referenceFile(path: string): SiteFile | undefined {
  const known = madeFiles.get(path);
  if (known !== undefined || !Object.hasOwn(referenceFiles, path)) return known;
  const made = referenceFiles[path]?.();
  if (made !== undefined) madeFiles.set(path, made);
  return made;
}

/** In the package, the build has put the renderer here. In the repository, it is where npm has put it. */
function rendererFile(name: string): SiteFile {
  const packaged = new URL(`../../reference/${name}`, import.meta.url);
  const file = existsSync(packaged) ? packaged : createRequire(import.meta.url).resolve(`swagger-ui-dist/${name}`);
  return siteFile(readFileSync(file), name);
}
