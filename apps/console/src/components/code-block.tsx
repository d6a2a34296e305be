import "./components.css";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

interface CodeBlockProps {
  readonly code: string;
  /** What it is, for screen readers: `the curl commands`. */
  readonly what: string;
}

/** Code to copy. Long lines are wrapped: what scrolls sideways is hard to reach by keyboard. */
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

interface CopyButtonProps {
  readonly text: string;
  /** What is copied, for screen readers: `the curl command`. */
  readonly what: string;
}

type Outcome = "none" | "copied" | "failed";

const words: Readonly<Record<Outcome, string>> = { none: "Copy", copied: "Copied", failed: "Not copied" };

/** Copies a text, and says for two seconds whether it did. */
export function CopyButton({ text, what }: CopyButtonProps): JSX.Element {
  const [outcome, setOutcome] = useState<Outcome>("none");
  useEffect(() => {
    if (outcome === "none") return;
    const timer = setTimeout(setOutcome, 2000, "none");
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setOutcome("copied"),
      () => setOutcome("failed"),
    );
  };
  return (
    <button type="button" class="slim copy" onClick={copy}>
      <span aria-hidden="true">{words[outcome]}</span>
      <span class="hidden" aria-live="polite">
        {outcome === "none" ? `Copy ${what}` : words[outcome]}
      </span>
    </button>
  );
}
