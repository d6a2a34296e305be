import { type EngineNotes, type ScriptReport, waitForConsole } from "./page-driver.ts";
import type { ProtocolEvent, ProtocolSession } from "./protocol-session.ts";

interface CorsErrorStatus {
  readonly corsError: string;
  readonly failedParameter: string;
}

interface LoadingFailed {
  readonly errorText: string;
  readonly blockedReason?: string;
  readonly corsErrorStatus?: CorsErrorStatus;
}

interface IssueAdded {
  readonly issue: { details: { corsIssueDetails?: { corsErrorStatus: CorsErrorStatus; isWarning: boolean } } };
}

/** A script that gets another message than this was not answered by the network. */
const saysNothing = "Failed to fetch";

/** Records what Chromium reports of a page's requests: its console, the network's errors, the issues of its audits. */
export function chromiumConsole(session: ProtocolSession) {
  const attached = new Set<string>();
  let events: ProtocolEvent[] = [];
  const attach = async (sessionId: string): Promise<void> => {
    attached.add(sessionId);
    for (const domain of ["Network", "Audits", "Log", "Runtime"])
      await session.call(`${domain}.enable`, {}, { sessionId });
    // A sandboxed frame can be a target of its own.
    const options = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true };
    await session.call("Target.setAutoAttach", options, { sessionId });
  };
  session.listen((event) => {
    if (event.sessionId === undefined || !attached.has(event.sessionId)) return;
    events.push(event);
    if (event.method !== "Target.attachedToTarget") return;
    const { sessionId } = event.params as { sessionId: string };
    // It waits until it is attached. A frame that is gone again reports nothing.
    attach(sessionId)
      .then(() => session.call("Runtime.runIfWaitingForDebugger", {}, { sessionId }))
      .catch(() => undefined);
  });
  return {
    attach,
    record(settle: () => Promise<void>) {
      events = [];
      return async (report: ScriptReport): Promise<EngineNotes> => {
        const silent = report.outcome === "error" && report.errorMessage === saysNothing;
        if (silent) await waitForConsole(() => codeOf(events) !== undefined, { firstMs: 300, restMs: 0 });
        // Every event from before has arrived when a call that was made after is answered.
        await settle();
        return { consoleMessages: consoleOf(events), ...(report.outcome === "error" ? codeOf(events) : undefined) };
      };
    },
  };
}

function consoleOf(events: readonly ProtocolEvent[]): readonly string[] {
  return events
    .filter(({ method }) => method === "Log.entryAdded")
    .map(({ params }) => (params as { entry: { text: string } }).entry.text);
}

/** Of all that failed, the first that is a matter of CORS; else what the network said last. */
function codeOf(events: readonly ProtocolEvent[]): { code: string; parameter?: string } | undefined {
  const [status] = events.flatMap((event) => corsStatusOf(event) ?? []);
  if (status !== undefined) {
    const { corsError, failedParameter } = status;
    return { code: corsError, ...(failedParameter === "" ? {} : { parameter: failedParameter }) };
  }
  const failure = events.findLast(({ method }) => method === "Network.loadingFailed")?.params as
    | LoadingFailed
    | undefined;
  // Some are blocked for "other" reasons, which says nothing.
  const code = failure?.blockedReason ?? failure?.errorText;
  return code === undefined || code === "other" ? undefined : { code };
}

function corsStatusOf({ method, params }: ProtocolEvent): CorsErrorStatus | undefined {
  if (method === "Network.loadingFailed") return (params as LoadingFailed).corsErrorStatus;
  if (method !== "Audits.issueAdded") return undefined;
  const { corsIssueDetails } = (params as IssueAdded).issue.details;
  return corsIssueDetails?.isWarning === false ? corsIssueDetails.corsErrorStatus : undefined;
}
