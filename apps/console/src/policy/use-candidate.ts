import type { PolicyDiff, PolicyReport } from "corsmith/api";
import { useEffect, useState } from "preact/hooks";
import { call } from "../server/call.ts";

/** What is known of the text as it is now. */
export interface CandidateState {
  readonly report?: PolicyReport;
  /** The last text that could be put in force. */
  readonly sound?: string;
  /** What it would change; missing while it is the text in force. */
  readonly diff?: PolicyDiff;
  readonly error?: Error;
  /** Is the last change of the text judged? */
  readonly settled: boolean;
}

/** Milliseconds without a key before the text is judged. */
const pause = 200;

/** Has a text judged while it is written: its findings, and what it would change. */
export function useCandidate(text: string, inForce: string): CandidateState {
  const [state, setState] = useState<CandidateState>({ settled: false });
  useEffect(() => {
    const stop = new AbortController();
    setState((before) => ({ ...before, settled: false }));
    const timer = setTimeout(() => {
      judge(text, text === inForce, stop.signal).then(
        (now) => setState(({ sound }) => ({ ...(sound === undefined ? {} : { sound }), ...now })),
        (reason: unknown) => {
          if (stop.signal.aborted) return;
          setState({ settled: true, error: reason instanceof Error ? reason : new Error(String(reason)) });
        },
      );
    }, pause);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text, inForce]);
  return state;
}

async function judge(text: string, same: boolean, signal: AbortSignal): Promise<CandidateState> {
  const body = { text };
  const [report, diff] = await Promise.all([
    call("checkPolicy", { body }, signal),
    same ? undefined : call("diffPolicy", { body }, signal),
  ]);
  return { report, settled: true, ...(diff === undefined ? {} : { diff }), ...(report.ok ? { sound: text } : {}) };
}
