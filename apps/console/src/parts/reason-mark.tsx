import type { Sample } from "corsmith/api";
import type { JSX } from "preact";
import { reasonWords } from "../words/reasons.ts";
import { Sign } from "./sign.tsx";

/** The reason of a decision: a sign and a word. */
export function ReasonMark({ reason }: { readonly reason: Sample["reason"] }): JSX.Element {
  const { standing, word, sentence } = reasonWords(reason);
  return (
    <span class="reason-mark" title={sentence}>
      <Sign standing={standing} /> {word}
    </span>
  );
}
