import type { Overview, Status } from "corsmith/api";
import type { JSX } from "preact";
import { RelativeTime } from "../components/relative-time.tsx";
import { StatusIcon } from "../components/status-icon.tsx";
import { counted } from "../format/numbers.ts";

interface NoticesProps {
  readonly status: Status;
  readonly overview: Overview;
}

/** What needs attention, in sentences; nothing if all is well. */
export function OverviewNotices({ status, overview }: NoticesProps): JSX.Element | null {
  const { journal, policy } = status;
  const { headerless } = overview.counts;
  const notices: (readonly [key: string, words: JSX.Element])[] = [];
  if (headerless > 0) {
    const words = `${counted(headerless, "error response")} went to allowed origins without CORS headers: the pages saw “blocked by CORS” instead of the error.`;
    notices.push(["headerless", <span key="words">{words}</span>]);
  }
  if (policy.lastRefused !== undefined) {
    const { time, findings } = policy.lastRefused;
    notices.push([
      "policy",
      <>
        A change of the policy was rejected <RelativeTime time={time} />: {counted(findings, "finding")}. The previous
        policy stays active. <a href="/policy">Show the findings</a>
      </>,
    ]);
  }
  if (journal === null) {
    notices.push(["journal", <>The journal is off: no decisions are kept, so there is nothing to show here.</>]);
  } else if (journal.failing !== null) {
    notices.push([
      "journal",
      <>
        The journal has failed since <RelativeTime time={journal.failing.since} />: {journal.failing.message}. Traffic
        is still served; its decisions are not counted.
      </>,
    ]);
  } else if (journal.lost.decisions > 0) {
    notices.push([
      "lost",
      <>{counted(journal.lost.decisions, "decision")} could not be stored and are missing here.</>,
    ]);
  }
  if (notices.length === 0) return null;
  return (
    <ul class="notice icon-list stack">
      {notices.map(([key, words]) => (
        <li key={key}>
          <StatusIcon tone="warn" /> <span>{words}</span>
        </li>
      ))}
    </ul>
  );
}
