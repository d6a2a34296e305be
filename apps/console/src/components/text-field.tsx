import type { JSX } from "preact";

interface TextFieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  /** What is wrong with the value, if anything is. */
  readonly error?: string | undefined;
  readonly hint: string;
  onInput(value: string): void;
}

/** A field of one line, with a sentence below it: what belongs there, or what is wrong with its value. */
export function TextField({ id, label, value, error, hint, onInput }: TextFieldProps): JSX.Element {
  return (
    <div>
      <label for={id}>{label}</label>
      <input
        id={id}
        class="code"
        value={value}
        spellcheck={false}
        autocapitalize="off"
        autocomplete="off"
        aria-invalid={error === undefined ? undefined : "true"}
        aria-describedby={`${id}-words`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <p id={`${id}-words`} class={error === undefined ? "quiet small" : "field-error small"}>
        {error ?? hint}
      </p>
    </div>
  );
}
