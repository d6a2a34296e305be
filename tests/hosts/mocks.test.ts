import { afterAll, describe, vi } from "vitest";
import type { AskHost } from "./support/ask.ts";
import { describeHost } from "./support/describe-host.ts";
import { requireHosts } from "./support/require-hosts.ts";

const installed = await requireHosts();

// Its mocks are Jest's, which stands in the global scope of its tests.
vi.stubGlobal("jest", { fn: vi.fn });
afterAll(() => vi.unstubAllGlobals());

async function importAsk(name: string): Promise<AskHost> {
  const { ask }: { readonly ask: AskHost } = await import(new URL(`./mocks/${name}.ts`, import.meta.url).href);
  return ask;
}

describe.skipIf(!installed)("a mock", () => {
  for (const name of ["node-mocks-http", "jest-koa-mocks", "plain-objects"])
    describeHost(name, async () => ({ ask: await importAsk(name) }));
});
