import type { JSX } from "preact";
import type { QuestionHeader } from "./question.ts";

interface HeaderFieldsProps {
  readonly headers: readonly QuestionHeader[];
  onChange(headers: readonly QuestionHeader[]): void;
}

const known = ["Authorization", "Content-Type", "Idempotency-Key", "X-CSRF-Token", "X-Request-Id", "X-Requested-With"];

/** The request headers that the script sets. */
export function HeaderFields({ headers, onChange }: HeaderFieldsProps): JSX.Element {
  const set = (at: number, change: Partial<QuestionHeader>): void =>
    onChange(headers.map((header, each) => (each === at ? { ...header, ...change } : header)));
  return (
    <fieldset class="header-fields">
      <legend class="label">And these request headers</legend>
      {headers.map(({ name, value }, at) => (
        <div class="header-field" key={String(at)}>
          <input
            class="code"
            aria-label={`Name of header ${at + 1}`}
            placeholder="Name"
            list="try-header-names"
            value={name}
            spellcheck={false}
            autocomplete="off"
            onInput={(event) => set(at, { name: event.currentTarget.value })}
          />
          <input
            class="code"
            aria-label={`Value of header ${at + 1}`}
            placeholder="Value"
            value={value}
            spellcheck={false}
            autocomplete="off"
            onInput={(event) => set(at, { value: event.currentTarget.value })}
          />
          <button
            type="button"
            class="slim"
            aria-label={`Remove header ${at + 1}`}
            onClick={() => onChange(headers.filter((_, each) => each !== at))}
          >
            ✕
          </button>
        </div>
      ))}
      <datalist id="try-header-names">
        {known.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <button type="button" class="slim" onClick={() => onChange([...headers, { name: "", value: "" }])}>
        Add a header
      </button>
    </fieldset>
  );
}
