import type { Sample } from "corsmith/api";
import type { JSX } from "preact";
import { useGateways } from "../api/use-gateways.ts";
import { OriginText } from "../components/origin-text.tsx";
import { RelativeTime } from "../components/relative-time.tsx";
import { ReasonMark } from "../components/status-icon.tsx";
import { engineLabel } from "../format/labels.ts";
import "./requests.css";

interface SampleTableProps {
  readonly samples: readonly Sample[];
  readonly caption: string;
  /** Are they all of one origin, which is named above the table? */
  readonly ofOneOrigin?: boolean;
}

/** Decisions, one a row; each links to its timeline. */
export function SampleTable({ samples, caption, ofOneOrigin = false }: SampleTableProps): JSX.Element {
  const isShared = useGateways().length > 0;
  return (
    <table class="samples listing">
      <caption class="hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{ofOneOrigin ? "Request" : "Request and origin"}</th>
          <th scope="col" class="wide sample-decision">
            Decision
          </th>
          <th scope="col" class="wide number sample-status">
            Status
          </th>
          <th scope="col" class="wide sample-browser">
            Browser
          </th>
          {isShared ? (
            <th scope="col" class="wide sample-gateway">
              Gateway
            </th>
          ) : null}
          <th scope="col" class="sample-when">
            When
          </th>
        </tr>
      </thead>
      <tbody>
        {/* Without keys: a new row at the top changes the texts of the rows below, and no row moves under the pointer. */}
        {samples.map((sample) => (
          <SampleRow sample={sample} isShared={isShared} ofOneOrigin={ofOneOrigin} />
        ))}
      </tbody>
    </table>
  );
}

interface SampleRowProps {
  readonly sample: Sample;
  /** Are there several gateways, so that each row names its own? */
  readonly isShared: boolean;
  readonly ofOneOrigin: boolean;
}

function SampleRow({ sample, isShared, ofOneOrigin }: SampleRowProps): JSX.Element {
  return (
    <tr>
      <td class="sample-request">
        <a href={`/requests/${encodeURIComponent(sample.id)}`}>
          <span class="bold">{sample.method}</span> <code>{sample.path ?? "/"}</code>
          {sample.kind === "actual" ? null : <span class="quiet"> {sample.kind}</span>}
        </a>
        <span class="narrow">
          <ReasonMark reason={sample.reason} />
          {sample.refused.length === 0 ? null : <code> {sample.refused.join(", ")}</code>}
        </span>
        {ofOneOrigin ? null : (
          <span class="sample-origin">
            {sample.origin === null ? (
              <span class="quiet small">no origin</span>
            ) : (
              <OriginText origin={sample.origin} />
            )}
          </span>
        )}
        {isShared && sample.gateway !== undefined ? (
          <span class="narrow sample-gateway">by {sample.gateway}</span>
        ) : null}
      </td>
      <td class="wide">
        <ReasonMark reason={sample.reason} />
        {sample.refused.length === 0 ? null : <code class="sample-refused">{sample.refused.join(", ")}</code>}
      </td>
      <td class="wide number">{sample.status ?? "–"}</td>
      <td class="wide">{engineLabel(sample.engine)}</td>
      {isShared ? <td class="wide sample-gateway">{sample.gateway ?? "–"}</td> : null}
      <td class="sample-when">
        <RelativeTime time={sample.time} />
      </td>
    </tr>
  );
}
