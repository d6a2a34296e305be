import process from "node:process";
import { text } from "node:stream/consumers";
import { stacks } from "@corsmith/cors/explain";
import type { AddCommand } from "../command.ts";
import type { ExplainFlags } from "./read.ts";

const examples = `
Examples:
  corsmith explain "Access to fetch at 'https://api.example.com/' from origin …"
  pbpaste | corsmith explain            the clipboard: xclip -o, wl-paste, Get-Clipboard
  corsmith explain recording.har        every request that failed in it
  corsmith explain method-not-allowed   a failure code, without a message
  corsmith explain method-not-allowed --stack nginx --origin https://app.example.com --method PATCH

Exit codes: 0 recognized, 1 not recognized, 2 invalid flags or an unreadable file.
Nothing is sent anywhere. Query strings, passwords and tokens are never printed.
`;

/** `corsmith explain`, its flags and its help. */
export const addExplain: AddCommand = (program, { terminal, finish }) => {
  program
    .command("explain")
    .summary("what a browser's CORS error means")
    .description(
      "Explains what a browser wrote to its console: which rule blocked the request, why, who has to change what, and the config snippet to add. Knows Chrome, Edge, Firefox (in any language) and Safari.",
    )
    .argument("[text...]", "the message; a file that holds it; a recording (.har); a failure code; or - to read stdin")
    .option("--stack <name>", `print only the config snippet, for one of: ${stacks.join(", ")}`)
    .option("--origin <origin>", "the page's origin, if the text does not contain it")
    .option("--url <url>", "the URL that was called, if the text does not contain it")
    .option("--method <method>", "the method, if the text does not contain it")
    .option("--header <name>", "the header, if the text does not contain it")
    .option("--json", "write { outcome, matches, cautions, truncated }")
    .addHelpText("after", examples)
    .showHelpAfterError("For all flags: corsmith explain --help")
    .action(async (words: readonly string[], flags: ExplainFlags) => {
      const input = { isTerminal: process.stdin.isTTY === true, read: () => text(process.stdin) };
      // The catalogue and the test kit are loaded by those who use them.
      const { runExplain } = await import("./run.ts");
      finish(await runExplain(words, flags, terminal, input));
    });
};
