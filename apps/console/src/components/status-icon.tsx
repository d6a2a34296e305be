import type { Sample } from "corsmith/api";
import type { JSX } from "preact";
import { reasonLabel, type Tone } from "../format/labels.ts";
import "./components.css";

const shapes: Readonly<Record<Tone, string>> = {
  yes: "M3.5 8.5l3 3 6-7",
  no: "M4 4l8 8M12 4l-8 8",
  warn: "M8 3.5v5.5M8 12v.5",
  neutral: "M4 8h8",
};

/** An icon whose shape says it too, so that colour is never needed. Words are beside it. */
export function StatusIcon({ tone }: { readonly tone: Tone }): JSX.Element {
  return (
    <svg class="status-icon" data-tone={tone} width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path d={shapes[tone]} fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
    </svg>
  );
}

/** The reason of a decision: an icon and its label. */
export function ReasonMark({ reason }: { readonly reason: Sample["reason"] }): JSX.Element {
  const { tone, label, meaning } = reasonLabel(reason);
  return (
    <span title={meaning}>
      <StatusIcon tone={tone} /> {label}
    </span>
  );
}
