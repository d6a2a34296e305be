import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { needsToken, ProblemError, storeToken } from "../api/call.ts";
import { queryClient } from "../api/use-query.ts";
import "./components.css";
import { StatusIcon } from "./status-icon.tsx";

interface QueryStateProps {
  readonly error: Error | null;
  /** Is there something to show? */
  readonly loaded: boolean;
  readonly children: ComponentChildren;
}

/** Shown while an answer is awaited, and if none comes. What was there before stays, with the error above it. */
export function QueryState({ error, loaded, children }: QueryStateProps): JSX.Element {
  return (
    <>
      {error === null ? null : <ErrorMessage error={error} />}
      {loaded ? children : error === null ? <p class="query-wait quiet">Loading…</p> : null}
    </>
  );
}

/** Why a call failed, and what can be done. */
export function ErrorMessage({ error }: { readonly error: Error }): JSX.Element {
  const problem = error instanceof ProblemError ? error.problem : undefined;
  return (
    <div class="notice notice-error" role="alert">
      <p>
        <StatusIcon tone="no" /> <strong>{error.message}</strong>
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
    storeToken(token);
    queryClient.invalidateQueries();
  };
  return (
    <form class="token stack" onSubmit={submit}>
      <p>Enter the token that the server was started with. It is kept until this tab is closed.</p>
      <label for="token">Token</label>
      <input
        id="token"
        type="password"
        autocomplete="off"
        value={token}
        onInput={(event) => setToken(event.currentTarget.value)}
      />
      <button type="submit">Sign in</button>
    </form>
  );
}
