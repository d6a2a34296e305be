import { maxRequests } from "../../live/paced-client.ts";
import { type AddCommand, collect } from "../command.ts";
import type { AuditFlags } from "./read.ts";

/** `corsmith audit`, its flags and its help. */
export const addAudit: AddCommand = (program, { terminal, finish }) => {
  program
    .command("audit")
    .summary("what is wrong with the CORS of a live API")
    .description(
      "Calls a live API the way pages on other origins would, and finds what is misconfigured: which origins are allowed that should not be, what breaks in browsers, which responses caches could serve to the wrong origin. Each finding comes with the request that shows it, what it means, and the fix.",
    )
    .argument("<url>", "the API's URL; one that answers GET reveals the most")
    .option(
      "--origin <origin>",
      "an origin that should be allowed, repeatable; 'https://*.example.com' for all subdomains, 'https://pr-*.example.com' for those that begin with pr-",
      collect,
    )
    .option(
      "-H, --header <line>",
      "sent with each GET, repeatable: 'name: value'. Cookies and tokens are never printed",
      collect,
    )
    .option("--format <name>", "text, json, sarif or junit (default text)")
    .option("--json", "the same as --format json")
    .option(
      "--fail-on <severity>",
      "exit with 1 for findings of this severity or higher: critical, high, medium, low or info (default low)",
    )
    .option(
      "--rebinding",
      "also send a Host header with another site's name (DNS rebinding); for services meant only for this machine or network",
    )
    .option("--rate <n>", "requests per second, at most (default 20)")
    .option("--timeout <seconds>", "how long to wait for each response (default 10)")
    .option("-k, --insecure", "continue even if the certificate is not trusted")
    .addHelpText("after", auditNotes + auditExamples)
    .showHelpAfterError("For all flags: corsmith audit --help")
    .action(async (url: string, flags: AuditFlags) => {
      // The simulator is loaded by those who use it.
      const { runAudit } = await import("./run.ts");
      finish(await runAudit(url, flags, terminal));
    });
};

/** Behind the flags of `audit`. */
const auditNotes = `
Sends GET and OPTIONS only, one after the other: 20 to 60 requests, and about
25 more for each --origin; never more than ${maxRequests}. Get permission before you audit
an API that is not yours.

A finding of severity info is worth knowing and needs no change.

Exit codes: 0 clean, 1 findings, 2 invalid arguments, 3 no response.
`;

/** At the end of the help of `audit`. */
const auditExamples = `
Examples:
  corsmith audit https://api.example.com/orders --origin https://app.example.com
  corsmith audit https://api.example.com/me -H 'cookie: session=…' --origin 'https://*.example.com'
  corsmith audit https://api.example.com/orders --format sarif > corsmith.sarif
`;
