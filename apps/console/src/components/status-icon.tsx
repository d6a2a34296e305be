import "./components.css";
import type { Sample } from "corsmith/api";
import type { JSX } from "preact";
import { reasonWords } from "../format/reasons.ts";

/** Allowed, refused, worth a look, or none of them. */
export type Standing = "yes" | "no" | "look" | "neutral";

const shapes: Readonly<Record<Standing, string>> = {
  yes: "M3.5 8.5l3 3 6-7",
  no: "M4 4l8 8M12 4l-8 8",
  look: "M8 3.5v5.5M8 12v.5",
  neutral: "M4 8h8",
};

/** A sign with a shape of its own, so that nobody needs its colour. The word stands beside it. */
export function Sign({ standing }: { readonly standing: Standing }): JSX.Element {
  return (
    <svg class="sign" data-standing={standing} width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path d={shapes[standing]} fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
    </svg>
  );
}

/** The reason of a decision: a sign and a word. */
export function ReasonMark({ reason }: { readonly reason: Sample["reason"] }): JSX.Element {
  const { standing, word, sentence } = reasonWords(reason);
  return (
    <span class="reason-mark" title={sentence}>
      <Sign standing={standing} /> {word}
    </span>
  );
}
