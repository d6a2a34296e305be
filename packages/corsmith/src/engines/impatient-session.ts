import { setTimeout as sleep } from "node:timers/promises";
import type { ProtocolSession } from "./protocol-session.ts";

/**
 * Some engines hold back a part of what they send until the part before is acknowledged, and a system that has nothing to send puts that
 * off for 40 ms. So there is always something to send while a call waits: `nudge`, a call that changes nothing, less and less often should
 * it take long.
 */
export function impatientSession(session: ProtocolSession, nudge: () => Promise<void>): ProtocolSession {
  let waiting = 0;
  let pauseMs = 0;
  let nudging = false;
  const keepNudging = async (): Promise<void> => {
    if (nudging) return;
    nudging = true;
    try {
      for (; waiting > 0; pauseMs = Math.min(pauseMs * 1.2, 100)) {
        await sleep(pauseMs);
        // It only hurries; if it fails, the call itself will say so.
        nudge().catch(() => undefined);
      }
    } finally {
      nudging = false;
    }
  };
  return {
    ...session,
    async call(...parameters) {
      waiting += 1;
      pauseMs = 2;
      void keepNudging();
      try {
        return await session.call(...parameters);
      } finally {
        waiting -= 1;
      }
    },
  };
}
