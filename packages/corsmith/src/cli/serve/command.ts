import { environmentVariables } from "@corsmith/cors";
import { type Flags, flagTable } from "../../config/settings.ts";
import { wrapText } from "../../terminal/wrap-text.ts";
import { type AddCommand, addConfigFlags } from "../command.ts";

type ServeFlags = Flags & { readonly check?: boolean; readonly json?: boolean };

/** `corsmith serve`, its flags and its help. */
export const addServe: AddCommand = (program, { terminal, environment, finish }) => {
  const command = program
    .command("serve")
    .summary("put a CORS policy in front of an API")
    .description(
      "Puts a CORS policy in front of an API, as a reverse proxy that owns the CORS headers. Without --upstream it runs a demo: a small API, and a web page on two origins.",
    );
  addConfigFlags(command, [
    "upstream",
    "policy",
    "listen",
    "admin",
    "adminToken",
    "adminTokenFile",
    "workers",
    "upstreamTimeout",
    "trustProxy",
    "changeHost",
    "journal",
    "mode",
    "logLevel",
  ])
    .option("--check", "only validate, and print the resulting configuration")
    .option("--json", "write findings, the result of --check and the log as JSON")
    .addHelpText("after", serveNotes + serveExamples)
    .showHelpAfterError("For all flags: corsmith serve --help")
    .action(async ({ check, json, ...flags }: ServeFlags) => {
      const { runServe } = await import("./run.ts");
      finish(await runServe({ flags, check: check === true, json: json === true }, terminal, environment));
    });
};

/** Names of variables, wrapped and indented. */
function listed(names: readonly string[]): string {
  return wrapText(names.join(", "), 76)
    .map((line) => `  ${line}\n`)
    .join("");
}

const ownVariables = Object.values(flagTable).filter(({ variable }) => variable !== "NODE_ENV");

/** Behind the flags of `serve`. */
const serveNotes = `
Flags override environment variables, which override the file.

Environment variables, each the same as the flag of its name:
${listed(ownVariables.map(({ variable }) => variable))}
Environment variables that each replace a key of the file's policy:
${listed(Object.values(environmentVariables))}
An address is HOST:PORT. A port alone, 8080 or :8080, means 127.0.0.1; write
0.0.0.0:8080 to accept other machines, for example in a container.

Changes to the file, or SIGHUP, reload the policy: a valid one takes effect at
once, an invalid one never does. SIGTERM and Ctrl-C let requests in flight
finish.
`;

/** At the end of the help of \`serve\`. */
const serveExamples = `
Examples:
  corsmith serve
  corsmith serve --upstream http://127.0.0.1:8000 --policy policy.yaml
  corsmith serve --upstream http://api:8000 --listen 0.0.0.0:8080 --workers 2
  corsmith serve --check --mode production
  CORS_ALLOW_ORIGINS=https://app.example.com corsmith serve --upstream http://127.0.0.1:8000
`;
