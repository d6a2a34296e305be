import type { JSX } from "preact";
import { TextField } from "../components/text-field.tsx";
import { originError, type Question, type QuestionHeader, urlError } from "./question.ts";

interface QuestionFormProps {
  readonly question: Question;
  onChange(question: Question): void;
}

const usual: readonly string[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** What the page’s script sends, field by field. */
export function QuestionForm({ question, onChange }: QuestionFormProps): JSX.Element {
  const set = (change: Partial<Question>): void => onChange({ ...question, ...change });
  const methods = usual.includes(question.method) ? usual : [...usual, question.method];
  return (
    <form class="question stack" onSubmit={(event) => event.preventDefault()}>
      <TextField
        id="try-origin"
        label="Page"
        value={question.origin}
        error={originError(question.origin)}
        hint="Its origin, as the address bar shows it."
        onInput={(origin) => set({ origin })}
      />
      <TextField
        id="try-url"
        label="Request URL"
        value={question.url}
        error={urlError(question.url)}
        hint="The full URL that its script calls."
        onInput={(url) => set({ url })}
      />
      <div>
        <label for="try-method">Method</label>
        <select
          id="try-method"
          value={question.method}
          onChange={(event) => set({ method: event.currentTarget.value })}
        >
          {methods.map((method) => (
            <option key={method} value={method}>
              {method}
            </option>
          ))}
        </select>
      </div>
      <HeaderFields headers={question.headers} onChange={(headers) => set({ headers })} />
      <label class="check">
        <input
          type="checkbox"
          checked={question.credentials}
          onChange={(event) => set({ credentials: event.currentTarget.checked })}
        />
        With credentials (cookies)
      </label>
    </form>
  );
}

interface HeaderFieldsProps {
  readonly headers: readonly QuestionHeader[];
  onChange(headers: readonly QuestionHeader[]): void;
}

const known = ["Authorization", "Content-Type", "Idempotency-Key", "X-CSRF-Token", "X-Request-Id", "X-Requested-With"];

/** The request headers that the script sets. */
function HeaderFields({ headers, onChange }: HeaderFieldsProps): JSX.Element {
  const set = (at: number, change: Partial<QuestionHeader>): void =>
    onChange(headers.map((header, each) => (each === at ? { ...header, ...change } : header)));
  return (
    <fieldset class="header-fields stack">
      <legend class="label">Request headers</legend>
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
        Add header
      </button>
    </fieldset>
  );
}
