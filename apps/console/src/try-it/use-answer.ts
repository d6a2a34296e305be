import type { Policy } from "@corsmith/cors";
import { useEffect, useState } from "preact/hooks";
import { type Answer, askInForce, askLive, askPolicy } from "./ask.ts";
import { originFault, type Question, urlFault } from "./question.ts";

/** What there is to show for a question. */
export interface AnswerState {
  readonly answer?: Answer;
  readonly error?: Error;
  /** Asks the live API, which is asked no sooner than somebody wants it. */
  askLive(): void;
  readonly asking: boolean;
}

/** Has a question answered: at once where nothing is sent, and on demand where real requests go out. */
export function useAnswer(question: Question, policy: Policy | undefined): AnswerState {
  const [state, setState] = useState<Pick<AnswerState, "answer" | "error">>({});
  const [asked, setAsked] = useState<string>();
  const { engine: _, ...about } = question;
  const key = JSON.stringify(about);
  const live = question.against === "live";
  const ready = originFault(question.origin) === undefined && urlFault(question.url) === undefined;
  const wanted = ready && (live ? asked === key : question.against === "in-force" || policy !== undefined);

  useEffect(() => {
    if (!wanted) {
      setState({});
      return;
    }
    const stop = new AbortController();
    ask(question, policy, stop.signal).then(
      (answer) => {
        if (!stop.signal.aborted) setState({ answer });
      },
      (reason: unknown) => {
        if (!stop.signal.aborted) setState({ error: reason instanceof Error ? reason : new Error(String(reason)) });
      },
    );
    return () => stop.abort();
  }, [wanted, key]);

  const asking = live && wanted && state.answer === undefined && state.error === undefined;
  return { ...state, askLive: () => setAsked(key), asking };
}

async function ask(question: Question, policy: Policy | undefined, signal: AbortSignal): Promise<Answer> {
  if (question.against === "in-force") return await askInForce(question, signal);
  if (question.against === "live") return await askLive(question, signal);
  if (policy === undefined) throw new Error("The policy has a mistake.");
  return await askPolicy(question, policy);
}
