import { logLevels } from "../../config/parse-settings.ts";
import type { Flags } from "../../config/settings.ts";
import type { AddCommand } from "../command.ts";

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
      const { runServe } = await import("./run.ts");
      finish(await runServe({ flags, check: check === true, json: json === true }, terminal, environment));
    });
};

/** Behind the list of commands. */
export const programExamples = `
Examples:
  corsmith serve                                       a demo to look at, on free ports
  corsmith serve --upstream http://127.0.0.1:8000      your API, under corsmith.config.yaml
  corsmith dev --upstream http://127.0.0.1:8000        the same for localhost, with the console
  corsmith check https://api.example.com/orders --origin https://app.example.com
                                                       what a browser makes of a live API
  corsmith audit https://api.example.com/orders --origin https://app.example.com
                                                       what is wrong with its CORS
  corsmith explain "Access to fetch at …"              what a browser's red line means
  corsmith preset single-page-app                      a policy to start from

Exit codes: 0 done, 1 something broke (check: blocked, audit: findings), 2 refused
(policy, flags, ports), 3 no answer (check, audit).
`;

/** Behind the flags of \`serve\`. */
const serveNotes = `
Flags count before the environment, and the environment before the file.
  CORSMITH_UPSTREAM, _POLICY, _LISTEN, _ADMIN, _WORKERS, _UPSTREAM_TIMEOUT,
  _TRUST_PROXY, _CHANGE_HOST, _JOURNAL, _LOG_LEVEL,
  _ADMIN_TOKEN, _ADMIN_TOKEN_FILE                 as the flags of these names
  CORS_PRESET, CORS_ALLOW_ORIGINS, CORS_ALLOW_CREDENTIALS, CORS_ALLOW_METHODS,
  CORS_ALLOW_HEADERS, CORS_EXPOSE_HEADERS, CORS_MAX_AGE,
  CORS_CROSS_ORIGIN_PROTECTION                    replace keys of the file's policy

An address is HOST:PORT. A port alone, 8080 or :8080, means 127.0.0.1; write
0.0.0.0:8080 to be reached from other machines, as in a container.

Edits of the file are taken up while running, and on SIGHUP: a valid policy at
once, a broken one never. SIGTERM and Ctrl-C finish the requests under way.
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
