import type { Overview, Status } from "corsmith/api";
import type { JSX } from "preact";
import { RelativeTime } from "../components/relative-time.tsx";
import { Sign } from "../components/status-icon.tsx";
import { counted } from "../format/numbers.ts";

interface NowNoticesProps {
  readonly status: Status;
  readonly overview: Overview;
}

/** What somebody should look at, in sentences; nothing at all if all is well. */
export function NowNotices({ status, overview }: NowNoticesProps): JSX.Element | null {
  const { journal, policy } = status;
  const { headerless } = overview.counts;
  const notices: (readonly [key: string, words: JSX.Element])[] = [];
  if (headerless > 0) {
    const words = `${counted(headerless, "error answer")} went to an allowed origin without CORS headers: its script saw “blocked by CORS” in place of the error.`;
    notices.push(["headerless", <span key="words">{words}</span>]);
  }
  if (policy.lastRefused !== undefined) {
    const { time, findings } = policy.lastRefused;
    notices.push([
      "policy",
      <>
        A change of the policy was not taken up <RelativeTime time={time} />: {counted(findings, "mistake")}. The one
        before stays in force. <a href="/policy">Look at it</a>
      </>,
    ]);
  }
  if (journal === null) {
    notices.push(["journal", <>Nothing is kept: the journal is off, so there is nothing to show here.</>]);
  } else if (journal.failing !== null) {
    notices.push([
      "journal",
      <>
        The journal cannot be written since <RelativeTime time={journal.failing.since} />: {journal.failing.message}.
        Traffic is not touched by that; its decisions are not counted.
      </>,
    ]);
  } else if (journal.lost.decisions > 0) {
    notices.push(["lost", <>{counted(journal.lost.decisions, "decision")} could not be kept and are missing here.</>]);
  }
  if (notices.length === 0) return null;
  return (
    <ul class="notices">
      {notices.map(([key, words]) => (
        <li key={key}>
          <Sign standing="look" /> <span>{words}</span>
        </li>
      ))}
    </ul>
  );
}
