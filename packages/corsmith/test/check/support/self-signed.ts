import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { ServerOptions } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A key and a certificate for 127.0.0.1 that nobody trusts. */
export function selfSigned(): ServerOptions {
  const folder = mkdtempSync(join(tmpdir(), "corsmith-tls-"));
  const file = (name: string): string => join(folder, name);
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  const output = ["-keyout", file("key.pem"), "-out", file("cert.pem")];
  spawnSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...subject, ...output]);
  const tls = { key: readFileSync(file("key.pem")), cert: readFileSync(file("cert.pem")) };
  rmSync(folder, { recursive: true });
  return tls;
}
