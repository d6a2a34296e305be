import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PolicyInput } from "@corsmith/cors";
import { isSeq, parseDocument, stringify } from "yaml";

/**
 * The policy of the demo, as it would stand in production for one web app: its exact origin, credentials, and nothing wider than what
 * the app calls. PATCH and every header that is not listed are refused, also for the allowed page.
 */
export function demoPolicy(allowedOrigin: string): PolicyInput {
  return {
    allowOrigins: [allowedOrigin],
    allowCredentials: true,
    allowMethods: ["PUT", "DELETE"],
    allowHeaders: ["Content-Type", "Idempotency-Key"],
    exposeHeaders: ["X-Request-Id", "X-Total-Count"],
    maxAge: 600,
  };
}

const head = `# The demo's policy. Edit it: what you save takes effect at once.
# Deleted when the demo ends. All keys: docs/guide/parameters.md
`;

/**
 * Writes it into a file of its own, to be edited while the demo runs, in a folder for things that pass. `undefined` where nothing can be
 * written: then the demo does without.
 */
export function writeDemoFile(policy: PolicyInput) {
  try {
    const folder = mkdtempSync(join(tmpdir(), "corsmith-demo-"));
    const path = join(folder, "corsmith.config.yaml");
    writeFileSync(path, head + demoText(policy));
    return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
  } catch {
    return undefined;
  }
}

/** In lists on one line where they are short, as people write them. */
function demoText(policy: PolicyInput): string {
  const document = parseDocument(stringify({ policy }));
  for (const key of ["allowMethods", "allowHeaders", "exposeHeaders"]) {
    const list = document.getIn(["policy", key]);
    if (isSeq(list)) list.flow = true;
  }
  return document.toString({ flowCollectionPadding: false });
}
