import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { memoryFile, type SiteFile } from "./site.ts";

// In the package, the build has put the renderer here. In the repository, it is taken from where npm has put it.
const packaged = new URL("../../reference/", import.meta.url);
const installed = "swagger-ui-dist/";

const html = `<!doctype html>
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
const script = `SwaggerUIBundle({
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
const style = `body { margin: 0 }
.swagger-ui .scheme-container .servers-title, .swagger-ui .servers { display: none }
.swagger-ui .info { margin: 24px 0 }
@media (max-width: 600px) { .swagger-ui .opblock-summary-operation-id { display: none } }
`;

const files = new Map<string, SiteFile>();

/** The page on which each call can be tried, and its files. It asks no other site for anything. */
export function referenceFile(path: string): SiteFile | undefined {
  const known = files.get(path);
  if (known !== undefined) return known;
  const made = makeFile(path);
  if (made !== undefined) files.set(path, made);
  return made;
}

function makeFile(path: string): SiteFile | undefined {
  switch (path) {
    case "/api/reference":
      return memoryFile(Buffer.from(html), ".html");
    case "/api/reference/page.js":
      return memoryFile(Buffer.from(script), ".js");
    case "/api/reference/page.css":
      return memoryFile(Buffer.from(style), ".css");
    case "/api/reference/swagger-ui-bundle.js":
      return memoryFile(readRenderer("swagger-ui-bundle.js"), ".js");
    case "/api/reference/swagger-ui.css":
      return memoryFile(readRenderer("swagger-ui.css"), ".css");
    default:
      return undefined;
  }
}

function readRenderer(name: string): Buffer {
  const here = new URL(name, packaged);
  return readFileSync(existsSync(here) ? here : createRequire(import.meta.url).resolve(installed + name));
}
