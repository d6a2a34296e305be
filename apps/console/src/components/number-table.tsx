import type { ComponentChildren, JSX } from "preact";
import { count } from "../format/numbers.ts";

interface NumberTableProps {
  /** For screen readers: what the table shows. */
  readonly caption: string;
  /** The heads of the columns: what the rows are, then the numbers of each. */
  readonly columns: readonly string[];
  readonly rows: readonly NumberRow[];
}

/** A row: what it is about, and its numbers. */
export interface NumberRow {
  readonly key: string | number;
  readonly head: ComponentChildren;
  readonly values: readonly number[];
}

/** A table of numbers. */
export function NumberTable({ caption, columns: [first, ...others], rows }: NumberTableProps): JSX.Element {
  return (
    <table>
      <caption class="hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          {others.map((name) => (
            <th scope="col" class="number" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, head, values }) => (
          <tr key={key}>
            <th scope="row">{head}</th>
            {values.map((value, at) => (
              <td class="number" key={String(at)}>
                {count(value)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
