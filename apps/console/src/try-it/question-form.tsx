import type { JSX } from "preact";
import { TextField } from "../parts/text-field.tsx";
import { HeaderFields } from "./header-fields.tsx";
import { originFault, type Question, urlFault } from "./question.ts";

interface QuestionFormProps {
  readonly question: Question;
  onChange(question: Question): void;
}

const usual: readonly string[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** What the page’s script does, field by field. */
export function QuestionForm({ question, onChange }: QuestionFormProps): JSX.Element {
  const set = (change: Partial<Question>): void => onChange({ ...question, ...change });
  const methods = usual.includes(question.method) ? usual : [...usual, question.method];
  return (
    <form class="question" onSubmit={(event) => event.preventDefault()}>
      <TextField
        id="try-origin"
        label="The page is on"
        value={question.origin}
        fault={originFault(question.origin)}
        hint="Its origin, as the browser’s bar has it."
        onInput={(origin) => set({ origin })}
      />
      <TextField
        id="try-url"
        label="Its script calls"
        value={question.url}
        fault={urlFault(question.url)}
        hint="The whole URL."
        onInput={(url) => set({ url })}
      />
      <div>
        <label for="try-method">With the method</label>
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
        With the user’s cookies
      </label>
    </form>
  );
}
