import type { Finding } from "corsmith/api";
import type { JSX } from "preact";
import { Sign } from "../parts/sign.tsx";
import { counted } from "../words/numbers.ts";

/** What there is to say of the file, beside it. */
export function FindingList({ findings }: { readonly findings: readonly Finding[] }): JSX.Element {
  return (
    <div class="findings">
      <h3>
        <span role="status">{findings.length === 0 ? "No findings" : counted(findings.length, "finding")}</span>
      </h3>
      {findings.length === 0 ? <p class="quiet small">The file can be put in force as it stands.</p> : null}
      <ul>
        {findings.map(({ code, severity, path, message, fix, line }) => (
          <li key={`${line} ${path} ${code}`}>
            <Sign standing={severity === "error" ? "no" : "look"} />
            <div>
              <p>
                <strong>{line === undefined ? path || "The file" : `Line ${line}`}</strong>: {message}
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
