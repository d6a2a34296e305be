import process from "node:process";
import { runProgram } from "../../support/running-program.ts";
import { base } from "../hosts/application.ts";
import type { Host } from "../hosts/host.ts";
import { ask } from "../support/ask.ts";
import type { Running } from "../support/listen.ts";
import { nextFolder, nextProgram } from "./build-next.ts";

/** Starts the application that was built in `folder`. */
export async function startNext(folder: string, env: Readonly<Record<string, string>>): Promise<Running> {
  const program = await runProgram(process.execPath, [nextProgram, "start", "-p", "0", "-H", "127.0.0.1"], {
    cwd: folder,
    env: { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", ...env },
    ready: /http:\/\/127\.0\.0\.1:(\d+)[\s\S]*Ready in/,
  });
  const port = Number(program.ready[1]);
  // Next says that it is ready before its start-up code has run, and goes on if that has failed: a request shows it.
  await ask(port, { path: "/" });
  if (program.output().includes("PolicyError")) {
    await program.stop();
    throw new Error(program.output());
  }
  return { port, close: async () => void (await program.stop()) };
}

function nextHost(form: "proxy" | "handlers", name: string): Host {
  return {
    name,
    adapter: "next",
    http2: false,
    start: (policy, setup) =>
      startNext(nextFolder, {
        CORS_FORM: form,
        CORS_PREFIX: base(setup.mount),
        CORS_TIMES: String(setup.times),
        // A function has no JSON; the application knows the only one that there is.
        CORS_POLICY: JSON.stringify(policy, (key, value) => (key === "originLookup" ? {} : value)),
      }),
  };
}

/** CORS in `proxy.ts`. */
export const nextProxyHost: Host = nextHost("proxy", "Next 16, proxy");

/** CORS in each route file. */
export const nextHandlersHost: Host = nextHost("handlers", "Next 16, route files");
