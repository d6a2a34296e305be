import type { JSX } from "preact";
import "./code-block.css";
import { CopyButton } from "./copy-button.tsx";

interface CodeBlockProps {
  readonly code: string;
  /** What it is, for those who copy it without seeing it: `the curl commands`. */
  readonly what: string;
}

/** Code to copy. Long lines are broken: what scrolls sideways is hard to reach by keyboard. */
export function CodeBlock({ code, what }: CodeBlockProps): JSX.Element {
  return (
    <div class="code-block">
      <pre>
        <code>{code}</code>
      </pre>
      <CopyButton text={code} what={what} />
    </div>
  );
}
