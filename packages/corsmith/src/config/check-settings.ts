import { isIP } from "node:net";
import { type Address, formatAddress } from "./address.ts";
import type { ConfigFinding } from "./config-finding.ts";
import { isLoopback } from "./is-loopback.ts";
import { type JournalChoice, shownJournal } from "./parse-settings.ts";
import type { Secret } from "./secret.ts";
import type { Setting, Settings } from "./settings.ts";

/** The token that the admin server demands, if it was given one. */
export function adminToken({ adminToken: given, adminTokenFile: inFile }: Settings): Secret | undefined {
  return given.value ?? inFile.value;
}

/** Mistakes that no setting makes alone: a port wanted twice, a gateway in front of itself. The path is the name of the source. */
export function checkSettings(
  settings: Settings,
): readonly { readonly finding: ConfigFinding; readonly inFile: boolean }[] {
  const { listen, admin, upstream, journal } = settings;
  const findings: { finding: ConfigFinding; inFile: boolean }[] = [];
  const add = (setting: Setting<unknown>, fallback: string, finding: Omit<ConfigFinding, "path">): void => {
    const path = setting.source.kind === "default" ? fallback : setting.source.name;
    findings.push({ finding: { path, ...finding }, inFile: setting.source.kind === "file" });
  };
  if (collide(listen.value, admin.value)) {
    add(admin.source.kind === "default" ? listen : admin, "listen", {
      code: "addresses-equal",
      severity: "error",
      value: formatAddress(admin.value),
      message: "The API and the admin server cannot share an address.",
      fix: `Give them two ports, for example --admin ${formatAddress({ ...admin.value, port: nextPort(listen.value.port) })}`,
    });
  }
  if (upstream.value !== undefined && reaches(upstream.value, listen.value)) {
    add(upstream, "upstream", {
      code: "upstream-is-gateway",
      severity: "error",
      value: upstream.value.origin,
      message: `The gateway listens on ${formatAddress(listen.value)} itself, so it would call itself for ever.`,
      fix: `Start the API on another port and name that one, or move the gateway with --listen ${formatAddress({ ...listen.value, port: nextPort(listen.value.port) })}`,
    });
  }
  if (!isLoopback(admin.value.host) && adminToken(settings) === undefined) {
    add(admin, "admin", {
      code: "admin-token-missing",
      severity: "error",
      value: formatAddress(admin.value),
      message: "The admin server would be reached from other machines, and it can change the policy: it needs a token.",
      fix: `CORSMITH_ADMIN_TOKEN=$(openssl rand -hex 16), or --admin-token-file; or listen on 127.0.0.1:${admin.value.port}`,
    });
  }
  if (journal.source.kind === "file" && holdsPassword(journal.value)) {
    add(journal, "journal", {
      code: "journal-password-shown",
      severity: "warning",
      value: shownJournal(journal.value),
      message: "The file has the database's password in it, and the console shows the file and keeps its versions.",
      fix: "Take the line out, and give the whole URL as CORSMITH_JOURNAL.",
    });
  }
  return findings;
}

function holdsPassword(choice: JournalChoice): boolean {
  return choice.kind === "postgresql" && (URL.parse(choice.url)?.password ?? "") !== "";
}

function collide(a: Address, b: Address): boolean {
  if (a.port !== b.port || a.port === 0) return false;
  return (
    a.host === b.host || isAny(a.host) || isAny(b.host) || (isLoopback(a.host) && isLoopback(b.host) && isNamed(a, b))
  );
}

/** `localhost` may be any loopback address; two different addresses are two places. */
function isNamed(a: Address, b: Address): boolean {
  return isIP(a.host) === 0 || isIP(b.host) === 0;
}

function isAny(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

function reaches(upstream: URL, listen: Address): boolean {
  const port = Number(upstream.port || (upstream.protocol === "https:" ? 443 : 80));
  const host = upstream.hostname.replace(/^\[|\]$/g, "");
  return port !== 0 && collide({ host, port }, listen) && (host === listen.host || isLoopback(host));
}

function nextPort(port: number): number {
  return port < 65_535 ? port + 1 : port - 1;
}
