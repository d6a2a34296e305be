import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { keepToken, needsToken, ProblemError } from "../api/call.ts";
import { queryClient } from "../api/use-query.ts";
import "./components.css";
import { Sign } from "./status-icon.tsx";

interface QueryStateProps {
  readonly error: Error | null;
  /** Is there something to show already? */
  readonly loaded: boolean;
  readonly children: ComponentChildren;
}

/** What is drawn while an answer is awaited, and if none comes. What was there before stays, with the fault above it. */
export function QueryState({ error, loaded, children }: QueryStateProps): JSX.Element {
  return (
    <>
      {error === null ? null : <Fault error={error} />}
      {loaded ? children : error === null ? <p class="query-wait quiet">Loading…</p> : null}
    </>
  );
}

/** Why a call failed, and what can be done. */
export function Fault({ error }: { readonly error: Error }): JSX.Element {
  const problem = error instanceof ProblemError ? error.problem : undefined;
  return (
    <div class="fault" role="alert">
      <p>
        <Sign standing="no" /> <strong>{error.message}</strong>
      </p>
      {problem?.field === "authorization" ? <TokenForm /> : null}
      {needsToken(error) ? null : <p>{problem?.fix}</p>}
    </div>
  );
}

function TokenForm(): JSX.Element {
  const [token, setToken] = useState("");
  const submit = (event: Event): void => {
    event.preventDefault();
    keepToken(token);
    queryClient.invalidateQueries();
  };
  return (
    <form class="token" onSubmit={submit}>
      <p>It is the one with which the server was started. This tab keeps it as long as it is open.</p>
      <label for="token">Token</label>
      <input
        id="token"
        type="password"
        autocomplete="off"
        value={token}
        onInput={(event) => setToken(event.currentTarget.value)}
      />
      <button type="submit">Use it</button>
    </form>
  );
}
