import type { ConfigFinding } from "../../config/config-finding.ts";
import { type Address, formatAddress } from "../../config/parse-address.ts";
import type { Setting } from "../../config/setting.ts";

/** The two addresses on which the command listens. */
export type Listener = "listen" | "admin";

/**
 * The system's refusal of an address as a finding that names who can change it; `undefined` if the error is about something else.
 */
export function listenFinding(
  listener: Listener,
  setting: Setting<Address>,
  file: string | undefined,
  error: unknown,
): ConfigFinding | undefined {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = reasons[code];
  if (reason === undefined) return undefined;
  const { value, source } = setting;
  const flag = `--${listener}`;
  return {
    code: reason.code,
    severity: "error",
    path: source.kind === "default" ? flag : source.name,
    value: formatAddress(value),
    message: `${reason.message(value)}${source.kind === "default" ? " It is the default." : ""}`,
    fix: reason.fix(value, flag),
    ...(source.kind === "file" && file !== undefined ? { file } : {}),
  };
}

interface Reason {
  readonly code: ConfigFinding["code"];
  message(address: Address): string;
  fix(address: Address, flag: string): string;
}

const reasons: Readonly<Record<string, Reason>> = {
  EADDRINUSE: {
    code: "address-in-use",
    message: ({ port }) => `Port ${port} is taken by another program.`,
    fix: (address, flag) =>
      `${flag} ${formatAddress({ ...address, port: address.port + 1 })}, or see who has it: ss -ltnp 'sport = :${address.port}'`,
  },
  EACCES: {
    code: "address-forbidden",
    message: ({ port }) => `This user may not listen on port ${port}; ports below 1024 are for the administrator.`,
    fix: (address, flag) => `${flag} ${formatAddress({ ...address, port: address.port + 8000 })}`,
  },
  EADDRNOTAVAIL: {
    code: "address-unknown",
    message: ({ host }) => `${host} is not an address of this machine.`,
    fix: ({ port }, flag) => `${flag} 127.0.0.1:${port} for this machine only, ${flag} 0.0.0.0:${port} for others too`,
  },
  ENOTFOUND: {
    code: "address-unknown",
    message: ({ host }) => `The name ${host} does not lead to an address.`,
    fix: ({ port }, flag) => `${flag} 127.0.0.1:${port}`,
  },
};
