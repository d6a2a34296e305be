import type { Flags } from "../config/flags.ts";
import { logLevels } from "../config/parse-log-level.ts";
import type { AddCommand } from "./command.ts";
import { serveExamples, serveNotes } from "./help-texts.ts";

interface ServeFlags extends Flags {
  readonly check?: boolean;
  readonly json?: boolean;
}

/** `corsmith serve`, its flags and its help. */
export const addServe: AddCommand = (program, { terminal, environment, finish }) => {
  program
    .command("serve")
    .summary("put a CORS policy in front of an API")
    .description(
      "Puts a CORS policy in front of an API, as a reverse proxy that owns the CORS headers. Without --upstream it runs a demo: a small API, and a web page on two origins.",
    )
    .option("--upstream <url>", "the API, as an origin: http://127.0.0.1:8000")
    .option(
      "--policy <file>",
      "a policy, or a whole configuration; otherwise corsmith.config.{ts,js,mjs,json,yaml,yml} is searched from here upwards",
    )
    .option("--listen <host:port>", "where the API is served (default 127.0.0.1:8080)")
    .option(
      "--admin <host:port>",
      "where the console, the operator's API, /metrics and /healthz are (default 127.0.0.1:9090)",
    )
    .option(
      "--admin-token <token>",
      "demanded of whoever asks the admin address; needed on any but loopback. Rather a variable: CORSMITH_ADMIN_TOKEN",
    )
    .option("--admin-token-file <file>", "the same, from a file")
    .option("--workers <n>", "processes that share the port (default 1)")
    .option("--upstream-timeout <seconds>", "until the API must have begun its answer (default 30)")
    .option(
      "--trust-proxy <cidr...>",
      "proxies in front, whose X-Forwarded-* and Forwarded headers are believed (default none)",
    )
    .option("--change-host", "send the API its own Host header instead of the client's")
    .option(
      "--journal <place>",
      "where decisions are kept: a file, postgres://user:password@host/database, memory or off (default memory)",
    )
    .option("--mode <name>", "the overlay to use: development or production (default NODE_ENV)")
    .option("--log-level <level>", `${logLevels.join(", ")} (default info)`)
    .option("--check", "only validate; print what the configuration comes to")
    .option("--json", "write JSON: findings, the result of --check, the log")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", serveNotes + serveExamples)
    .showHelpAfterError("Every flag: corsmith serve --help")
    .allowExcessArguments(false)
    .action(async ({ check, json, ...flags }: ServeFlags) => {
      const { runServe } = await import("./serve.ts");
      finish(await runServe({ flags, check: check === true, json: json === true }, terminal, environment));
    });
};
