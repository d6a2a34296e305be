import { type AddCommand, collect } from "../command.ts";
import type { CheckFlags, CheckInput } from "./read-source.ts";

/** `corsmith check`, its flags and its help. */
export const addCheck: AddCommand = (program, { terminal, finish }) => {
  const run = async (input: CheckInput, flags: CheckFlags): Promise<void> => {
    // The simulator and its catalogue are loaded by those who use them.
    const { runCheck } = await import("./run.ts");
    finish(await runCheck(input, flags, terminal));
  };
  const check = program
    .command("check")
    .summary("what a browser would do with a live API, and why")
    .description(
      "Sends a live API the requests that a page on another origin would send, and shows step by step what browsers do with the responses: whether the page may read them, which rule blocks it, and who has to change what. Sends GET, HEAD and OPTIONS only.",
    )
    .argument(
      "[url]",
      "the API's URL; or something copied from the browser's DevTools: a curl command, a fetch(…) call or a .har file; - reads stdin",
    )
    .option("--origin <origin>", "the page's origin: scheme://host[:port], or null")
    .option("-X, --method <method>", "the request's method (default GET)")
    .option("-H, --header <line>", "a header that the page sets, repeatable: 'name: value', or the name alone", collect)
    .option("-d, --data <body>", "the request's body; makes the method POST; sent only with --send")
    .option("--credentials", 'as if the page set credentials: "include"')
    .option("--send", "really send the method and body, even if that changes data")
    .option("--send-secrets", "also send the cookies and tokens of a pasted command")
    .option(
      "--engine <name>",
      "browser engine whose verdict counts: standard, chromium, firefox, webkit (default: blocked if any browser blocks)",
    )
    .option("--entry <n>", "which request of a .har file (default: the first that was blocked)")
    .option("--browser <name>", "also make the request in a real browser on this machine: chromium, firefox, webkit")
    .option("-k, --insecure", "continue even if the certificate is not trusted")
    .option("--timeout <seconds>", "how long to wait for each response (default 10)")
    .option("--no-probes", "send only what a browser sends")
    .option("--json", "write the report as JSON")
    .addHelpText("after", checkNotes + checkExamples)
    .showHelpAfterError("For all flags: corsmith check --help")
    .action(async (url: string | undefined, flags: CheckFlags) => {
      await run(url, flags);
    });
  check
    .command("curl", { hidden: true })
    .argument("[words...]")
    .allowUnknownOption()
    .helpOption(false)
    .action(async (words: readonly string[]) => {
      await run(words, check.opts<CheckFlags>());
    });
};

/** Behind the flags of `check`. */
const checkNotes = `
Without --send, a method that may change data is not sent: its preflight is,
and a GET to see how the API responds. A few extra requests, which no browser
would send, help find the cause.

Exit codes: 0 allowed, 1 blocked, 2 invalid arguments, 3 no response.
`;

/** At the end of the help of `check`. */
const checkExamples = `
Examples:
  corsmith check https://api.example.com/orders --origin https://app.example.com
  corsmith check https://api.example.com/orders/1 --origin https://app.example.com \\
    -X PUT -H 'content-type: application/json' --credentials
  corsmith check - < copied-as-curl.txt
`;
