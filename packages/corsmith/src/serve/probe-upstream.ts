import { connect } from "node:net";
import type { Logger } from "pino";

/** How long the probe waits, in milliseconds. */
const timeoutMs = 2_000;

/** Warns if no connection to the upstream can be opened. */
export async function warnIfUnreachable(upstream: URL, log: Logger): Promise<void> {
  const reason = await probe(upstream);
  if (reason === undefined) return;
  log.warn(
    { event: "upstream-unreachable", upstream: upstream.origin, reason },
    `The upstream ${upstream.origin} cannot be reached yet (${reason}). Until it can be reached, requests get a 502 with CORS headers. (Containers may start in any order.) If this persists, check --upstream.`,
  );
}

/** Why no connection can be opened, `ECONNREFUSED` for example. Nothing is sent: even the mildest request could mean something to an API. */
async function probe(upstream: URL): Promise<string | undefined> {
  const host = upstream.hostname.replace(/^\[|\]$/g, "");
  const port = Number(upstream.port || (upstream.protocol === "https:" ? 443 : 80));
  return await new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const finish = (reason: string | undefined): void => {
      socket.destroy();
      resolve(reason);
    };
    socket.once("connect", () => finish(undefined));
    socket.once("timeout", () => finish(`no answer within ${timeoutMs / 1000} s`));
    socket.once("error", (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
  });
}
