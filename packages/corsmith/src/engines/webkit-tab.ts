import { EngineError } from "./engine-error.ts";
import { impatientSession } from "./impatient-session.ts";
import { type FedSession, type ProtocolEvent, type ProtocolSession, sessionOver } from "./protocol-session.ts";

interface TargetInfo {
  readonly targetId: string;
  readonly type: string;
  readonly isProvisional?: boolean;
  readonly isPaused?: boolean;
}

/**
 * WebKit's inspector speaks with one tab, in which the page proper is a target that a navigation may replace by another, in another
 * process. Returns the session of whichever it is at the time; `prepare` has been done with each before it loads anything.
 */
export async function openWebkitTab(
  tab: ProtocolSession,
  prepare: (page: ProtocolSession) => Promise<void>,
): Promise<() => ProtocolSession> {
  const sessions = new Map<string, FedSession>();
  let current: ProtocolSession | undefined;
  const { promise: firstPage, resolve: pageIsReady, reject: pageFails } = Promise.withResolvers<void>();

  const add = async ({ targetId, type, isProvisional = false, isPaused = false }: TargetInfo): Promise<void> => {
    if (type !== "page") return;
    const send = async (message: string): Promise<void> => {
      await tab.call("Target.sendMessageToTarget", { targetId, message });
    };
    const fed = sessionOver({
      send: (message) => void send(message).catch((error: Error) => fed.end(error.message)),
      close() {},
    });
    const page = impatientSession(fed.session, () => holdNewPages(tab));
    sessions.set(targetId, { ...fed, session: page });
    await prepare(page);
    if (isPaused) await tab.call("Target.resume", { targetId });
    if (isProvisional) return;
    current = page;
    pageIsReady();
  };
  const handlers: Readonly<Record<string, (parameters: never) => void>> = {
    "Target.targetCreated": ({ targetInfo }: { targetInfo: TargetInfo }) => void add(targetInfo).catch(pageFails),
    "Target.targetDestroyed": ({ targetId }: { targetId: string }) => {
      sessions.get(targetId)?.end("WebKit's page is gone.");
      sessions.delete(targetId);
    },
    "Target.didCommitProvisionalTarget": ({ newTargetId }: { newTargetId: string }) => {
      current = sessions.get(newTargetId)?.session;
    },
    "Target.dispatchMessageFromTarget": ({ targetId, message }: { targetId: string; message: string }) => {
      sessions.get(targetId)?.receive(message);
    },
  };
  tab.listen(({ method, params }: ProtocolEvent) => handlers[method]?.(params as never));
  await holdNewPages(tab);
  await firstPage;
  return () => {
    if (current === undefined) throw new EngineError("WebKit has no page.");
    return current;
  };
}

/** Has new pages wait until they are prepared. */
async function holdNewPages(tab: ProtocolSession): Promise<void> {
  await tab.call("Target.setPauseOnStart", { pauseOnStart: true });
}
