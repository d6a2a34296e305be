import "./explain.css";
import { type Explained, explain } from "@corsmith/cors/explain";
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { Empty, PageHead } from "../components/layout.tsx";
import { StatusIcon } from "../components/status-icon.tsx";
import { counted } from "../format/numbers.ts";
import { MatchView } from "./match-view.tsx";

/** A browser’s message explained while it is typed. Nothing leaves the tab, and nothing is kept. */
export function ExplainView(): JSX.Element {
  const [pasted, setPasted] = useState("");
  const explained = useMemo(() => explain(pasted), [pasted]);
  return (
    <>
      <PageHead title="Explain a CORS error" tab="Explain">
        Paste the error message from the browser’s console. The explanation appears at once, and nothing leaves this
        tab.
      </PageHead>
      <div>
        <label for="explain-text">Error message</label>
        <textarea
          id="explain-text"
          class="code"
          rows={6}
          spellcheck={false}
          autocomplete="off"
          value={pasted}
          placeholder="Access to fetch at … has been blocked by CORS policy: …"
          onInput={(event) => setPasted(event.currentTarget.value)}
        />
        <p class="explain-examples row small">
          <span class="quiet">No error to paste? Try one from</span>
          {examples.map(({ name, text }) => (
            <button type="button" class="slim" key={name} onClick={() => setPasted(text)}>
              {name}
            </button>
          ))}
          {pasted === "" ? null : (
            <button type="button" class="slim" onClick={() => setPasted("")}>
              Clear
            </button>
          )}
        </p>
      </div>
      <p class="hidden" role="status">
        {spoken(explained)}
      </p>
      <Answer explained={explained} />
    </>
  );
}

function spoken(explained: Explained): string {
  if (explained.outcome === "unknown") return explained.reason === "empty" ? "" : explained.hint;
  const [first] = explained.matches;
  return `${counted(explained.matches.length, "explanation")}: ${first?.explanation.title ?? ""}`;
}

function Answer({ explained }: { readonly explained: Explained }): JSX.Element {
  return (
    <div class="explain-answers stack gap-4">
      {explained.cautions.length === 0 ? null : (
        <ul class="notice icon-list stack">
          {explained.cautions.map(({ code, why }) => (
            <li key={code}>
              <StatusIcon tone="warn" /> <span>{why}</span>
            </li>
          ))}
        </ul>
      )}
      {explained.outcome === "known" ? (
        explained.matches.map((match, at) => <MatchView key={`${at} ${match.code}`} match={match} />)
      ) : (
        <Empty title={explained.reason === "empty" ? "Paste an error message to begin" : "Not a known message"}>
          <p>{explained.hint}</p>
        </Empty>
      )}
    </div>
  );
}

/** Error messages as browsers write them. */
const examples: readonly { readonly name: string; readonly text: string }[] = [
  {
    name: "Chrome",
    text: "Access to fetch at 'https://api.example.com/orders/1' from origin 'https://app.example.com' has been blocked by CORS policy: Method PATCH is not allowed by Access-Control-Allow-Methods in preflight response.",
  },
  {
    name: "Firefox",
    text: "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example.com/me. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 401.",
  },
  { name: "Safari", text: "Fetch API cannot load https://api.example.com/me due to access control checks." },
];
