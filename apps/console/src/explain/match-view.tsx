import { explanationOf, type Facts, type Match } from "@corsmith/cors/explain";
import type { JSX } from "preact";
import { Fact } from "../components/layout.tsx";
import { StatusIcon } from "../components/status-icon.tsx";
import { SnippetPicker } from "./snippet-picker.tsx";

const actors = { server: "The server", client: "The page", proxy: "The proxy" } as const;
const engines: Readonly<Record<string, string>> = { chromium: "Chrome", firefox: "Firefox", webkit: "Safari" };
const kinds = {
  cors: "A CORS decision",
  lookalike: "Not CORS, though it looks like it",
  silent: "CORS, without a message",
  request: "The request itself is wrong",
} as const;

/** One failure that the text reports: the rule, the causes, who can fix it, and what to write. */
export function MatchView({ match }: { readonly match: Match }): JSX.Element {
  const { code, explanation, facts, certainty, why, engine, others, times } = match;
  const { title, kind, rule, section, causes, fixes } = explanation;
  return (
    <article class="match stack gap-3" aria-labelledby={`match-${code}`}>
      <header class="outcome" data-tone="no">
        <p class="quiet small">
          {kinds[kind]}
          {engine === undefined ? "" : `, as ${engines[engine] ?? engine} reports it`}
          {times > 1 ? `, ${times} times` : ""}
        </p>
        <h2 id={`match-${code}`}>{title}</h2>
        <p class="small">
          <code>{code}</code>{" "}
          <span class="quiet">
            {certainty === "said" ? "" : `${certainty === "likely" ? "most likely" : "possibly"}: `}
            {why}
          </span>
        </p>
      </header>
      <FactList facts={facts} />
      <section>
        <h3>The rule</h3>
        <p>
          {rule}{" "}
          <a href={section.url} rel="noreferrer" target="_blank">
            {section.name}
            <span class="hidden">, opens a new tab</span>
          </a>
        </p>
      </section>
      <div class="match-columns columns">
        <section>
          <h3>Likely causes</h3>
          <ol class="causes stack">
            {causes.map((cause) => (
              <li key={cause}>{cause}</li>
            ))}
          </ol>
        </section>
        <section>
          <h3>Who can fix it</h3>
          <dl class="stack">
            {fixes.map(({ who, what }) => (
              <Fact key={what} name={actors[who]}>
                {what}
              </Fact>
            ))}
          </dl>
        </section>
      </div>
      <SnippetPicker code={code} facts={facts} />
      {others.length === 0 ? null : (
        <section>
          <h3>The same text can also mean</h3>
          <ul class="icon-list stack">
            {others.map((other) => (
              <li key={other.code}>
                <StatusIcon tone="neutral" />
                <span>
                  {explanationOf(other.code).title} <span class="quiet">– {other.why}</span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <TryLink facts={facts} />
    </article>
  );
}

const factNames: readonly (readonly [keyof Facts, string])[] = [
  ["origin", "Page"],
  ["url", "URL"],
  ["redirectedFrom", "Redirected from"],
  ["method", "Method"],
  ["header", "Header"],
  ["value", "Value"],
  ["status", "Status"],
];

function FactList({ facts }: { readonly facts: Facts }): JSX.Element | null {
  const known = factNames.flatMap(([name, word]) => (facts[name] === undefined ? [] : [[word, facts[name]] as const]));
  if (known.length === 0) return null;
  return (
    <dl class="match-facts">
      {known.map(([word, value]) => (
        <Fact key={word} name={word}>
          <code>{value}</code>
        </Fact>
      ))}
    </dl>
  );
}

/** The same request under “Try it”, as far as the text describes it. */
function TryLink({ facts }: { readonly facts: Facts }): JSX.Element | null {
  const { origin, url, method, header } = facts;
  if (origin === undefined || url === undefined) return null;
  const question = new URLSearchParams({ origin, url: url.replace(/\?\.\.\.$/, ""), method: method ?? "GET" });
  if (header !== undefined) question.append("header", `${header}:`);
  return (
    <p>
      <a href={`/try#${question}`}>Try this request</a>
    </p>
  );
}
