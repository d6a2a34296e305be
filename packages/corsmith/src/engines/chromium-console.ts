import type { ScriptReport, Words } from "./page-driver.ts";
import { waitForWords } from "./page-driver.ts";
import type { ProtocolEvent, ProtocolSession } from "./protocol-session.ts";

interface CorsErrorStatus {
  readonly corsError: string;
  readonly failedParameter: string;
}

interface LoadingFailed {
  readonly type: string;
  readonly errorText: string;
  readonly blockedReason?: string;
  readonly corsErrorStatus?: CorsErrorStatus;
}

interface IssueAdded {
  readonly issue: {
    readonly details: {
      readonly corsIssueDetails?: { readonly corsErrorStatus: CorsErrorStatus; readonly isWarning: boolean };
    };
  };
}

interface EntryAdded {
  readonly entry: { readonly text: string };
}

interface AttachedToTarget {
  readonly sessionId: string;
}

/** A script that was told more than this was not answered by the network. */
const saysNothing = "Failed to fetch";

/** Hears what Chromium says of a page's requests: its console, the network's errors, the issues of its audits. */
export function chromiumWords(session: ProtocolSession): {
  attend(sessionId: string): Promise<void>;
  hear(settle: () => Promise<void>): (report: ScriptReport) => Promise<Words>;
} {
  const attended = new Set<string>();
  let heard: ProtocolEvent[] = [];
  const attend = async (sessionId: string): Promise<void> => {
    attended.add(sessionId);
    for (const domain of ["Network", "Audits", "Log", "Runtime"])
      await session.call(`${domain}.enable`, {}, { sessionId });
    // A sandboxed frame can be a target of its own.
    const options = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true };
    await session.call("Target.setAutoAttach", options, { sessionId });
  };
  session.listen((event) => {
    if (event.sessionId === undefined || !attended.has(event.sessionId)) return;
    heard.push(event);
    if (event.method !== "Target.attachedToTarget") return;
    const { sessionId } = event.params as AttachedToTarget;
    // It waits until it is heard. A frame that is gone again has nothing to say.
    attend(sessionId)
      .then(() => session.call("Runtime.runIfWaitingForDebugger", {}, { sessionId }))
      .catch(() => undefined);
  });
  return {
    attend,
    hear(settle) {
      heard = [];
      return async (report) => {
        const silent = report.outcome === "error" && report.errorMessage === saysNothing;
        if (silent) await waitForWords(() => codeOf(heard) !== undefined, { firstMs: 300, restMs: 0 });
        // Everything that was said before is here when a call that was made after is answered.
        await settle();
        return { consoleMessages: consoleOf(heard), ...(report.outcome === "error" ? codeOf(heard) : undefined) };
      };
    },
  };
}

function consoleOf(events: readonly ProtocolEvent[]): readonly string[] {
  return events
    .filter(({ method }) => method === "Log.entryAdded")
    .map(({ params }) => (params as EntryAdded).entry.text);
}

/** Of all that failed, the first that is a matter of CORS; else what the network said last. */
function codeOf(events: readonly ProtocolEvent[]): { code: string; parameter?: string } | undefined {
  const statuses = events.map(corsStatusOf).filter((status) => status !== undefined);
  const [status] = statuses;
  if (status !== undefined) {
    const { corsError, failedParameter } = status;
    return { code: corsError, ...(failedParameter === "" ? {} : { parameter: failedParameter }) };
  }
  const failure = events.findLast(({ method }) => method === "Network.loadingFailed")?.params as
    | LoadingFailed
    | undefined;
  // Some are blocked for "other" reasons, which is none.
  const code = failure?.blockedReason ?? failure?.errorText;
  return code === undefined || code === "other" ? undefined : { code };
}

function corsStatusOf({ method, params }: ProtocolEvent): CorsErrorStatus | undefined {
  if (method === "Network.loadingFailed") return (params as LoadingFailed).corsErrorStatus;
  if (method !== "Audits.issueAdded") return undefined;
  const { corsIssueDetails } = (params as IssueAdded).issue.details;
  return corsIssueDetails?.isWarning === false ? corsIssueDetails.corsErrorStatus : undefined;
}
