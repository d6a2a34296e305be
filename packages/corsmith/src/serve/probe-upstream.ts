import { connect } from "node:net";

/** How long the probe waits, in milliseconds. */
const patience = 2_000;

/**
 * Can a connection to the upstream be opened? Resolves to `undefined` if so, otherwise to the reason, `ECONNREFUSED` for example. Nothing
 * is sent: even the mildest request could mean something to an API.
 */
export async function probeUpstream(upstream: URL): Promise<string | undefined> {
  const host = upstream.hostname.replace(/^\[|\]$/g, "");
  const port = Number(upstream.port || (upstream.protocol === "https:" ? 443 : 80));
  return await new Promise((resolve) => {
    const socket = connect({ host, port, timeout: patience });
    const finish = (reason: string | undefined): void => {
      socket.destroy();
      resolve(reason);
    };
    socket.once("connect", () => finish(undefined));
    socket.once("timeout", () => finish(`no answer within ${patience / 1000} s`));
    socket.once("error", (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
  });
}
