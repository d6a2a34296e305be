import { type ExplanationCode, type Facts, type Stack, snippets } from "@corsmith/cors/explain";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { CodeBlock } from "../components/code-block.tsx";

interface SnippetPickerProps {
  readonly code: ExplanationCode;
  readonly facts: Facts;
}

/** The config snippet for the chosen stack. */
export function SnippetPicker({ code, facts }: SnippetPickerProps): JSX.Element | null {
  const offered = snippets(code, facts);
  const [chosen, setChosen] = useState<Stack>();
  const snippet = offered.find(({ stack }) => stack === chosen) ?? offered[0];
  if (snippet === undefined) return null;
  const id = `snippet-${code}`;
  return (
    <section class="snippet stack">
      <h3>
        <label for={id}>Config snippet for</label>
      </h3>
      <select
        id={id}
        value={snippet.stack}
        onChange={(event) => setChosen(offered.find(({ stack }) => stack === event.currentTarget.value)?.stack)}
      >
        {offered.map(({ stack, title }) => (
          <option key={stack} value={stack}>
            {title}
          </option>
        ))}
      </select>
      <CodeBlock code={snippet.code} what={`the config snippet for ${snippet.title}`} />
    </section>
  );
}
