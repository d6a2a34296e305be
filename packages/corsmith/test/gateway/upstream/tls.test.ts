import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { afterAll, describe, expect, test } from "vitest";
import { requireProgram } from "../../../../../tests/support/real-thing.ts";
import { closingAfterEach } from "../support/closing.ts";
import { startGatewayProcess } from "../support/gateway-process.ts";
import { ask } from "../support/raw-client.ts";

const hasOpenssl = requireProgram("openssl", "openssl");
const folder = mkdtempSync(join(tmpdir(), "corsmith-tls-"));
const [keyFile, certificateFile] = [join(folder, "key.pem"), join(folder, "certificate.pem")];

afterAll(() => rmSync(folder, { recursive: true }));

const closing = closingAfterEach();

/** An API with a certificate for localhost and 127.0.0.1; it answers with the name that was asked for in TLS. */
async function startTlsUpstream() {
  const names = "subjectAltName=DNS:localhost,IP:127.0.0.1";
  const request = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  execFileSync(
    "openssl",
    [...request, "-subj", "/CN=localhost", "-addext", names, "-keyout", keyFile, "-out", certificateFile],
    {
      stdio: "ignore",
    },
  );
  let connections = 0;
  const server = createServer(
    { key: readFileSync(keyFile), cert: readFileSync(certificateFile) },
    (incoming, response) => {
      incoming.resume();
      response.end(`${(incoming.socket as TLSSocket).servername || "no name"} ${incoming.headers.host}`);
    },
  );
  server.on("secureConnection", () => {
    connections += 1;
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return { port: (server.address() as AddressInfo).port, connections: () => connections };
}

const request = (host: string, body: string) =>
  `POST / HTTP/1.1\r\nHost: ${host}\r\n${body && "Content-Length: 2\r\n"}\r\n${body}`;

describe.skipIf(!hasOpenssl)("an https upstream", () => {
  test.each([
    ["localhost", "localhost"],
    ["127.0.0.1", "no name"],
  ])("%s is asked for by its own name, whatever the client's Host says", async (name, asked) => {
    const { port, connections } = await startTlsUpstream();
    const gateway = closing(
      await startGatewayProcess(new URL(`https://${name}:${port}`), { NODE_EXTRA_CA_CERTS: certificateFile }),
    );
    for (const host of ["api.example", "evil.example", "localhost"]) {
      for (const body of ["", "ok"]) {
        const response = await ask(gateway.url, request(host, body));
        expect(response).toMatchObject({ status: 200, body: `${asked} ${host}` });
      }
    }
    // One of each client, kept alive over all the hosts.
    expect(connections()).toBe(2);
  });

  test("without a certificate that can be trusted is not spoken to", async () => {
    const { port } = await startTlsUpstream();
    const gateway = closing(await startGatewayProcess(new URL(`https://localhost:${port}`)));
    for (const body of ["", "ok"]) {
      const response = await ask(gateway.url, request("api.example", body));
      expect(response.status).toBe(502);
      expect(JSON.parse(response.body)).toMatchObject({ code: "upstream-unreachable" });
    }
  });
});
