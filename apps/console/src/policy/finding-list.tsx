import type { Finding } from "corsmith/api";
import type { JSX } from "preact";
import { StatusIcon } from "../components/status-icon.tsx";
import { counted } from "../format/numbers.ts";

interface FindingListProps {
  readonly findings: readonly Finding[];
  /** Shows the finding at this place of the list in the editor. */
  onShow(place: number): void;
}

/** The findings of the file, beside it. */
export function FindingList({ findings, onShow }: FindingListProps): JSX.Element {
  return (
    <div class="findings">
      <h3>
        <span role="status">{findings.length === 0 ? "No findings" : counted(findings.length, "finding")}</span>
      </h3>
      {findings.length === 0 ? (
        <p class="quiet small">The file can be applied as it is.</p>
      ) : (
        <p class="quiet small">
          <kbd>F8</kbd> in the editor jumps to the next one.
        </p>
      )}
      <ul class="icon-list stack">
        {findings.map(({ code, severity, path, message, fix, line }, place) => (
          <li key={`${line} ${path} ${code}`}>
            <StatusIcon tone={severity === "error" ? "no" : "warn"} />
            <div>
              <p>
                {line === undefined ? (
                  <strong>{path || "The file"}</strong>
                ) : (
                  <button type="button" class="bare finding-line" onClick={() => onShow(place)}>
                    Line {line}
                  </button>
                )}
                : {message}
              </p>
              <p class="small">
                Fix: <code>{fix}</code>
              </p>
              <p class="quiet small">
                {severity} <code>{code}</code>
              </p>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
