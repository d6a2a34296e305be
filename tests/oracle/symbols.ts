const ports: Readonly<Record<string, number>> = { A: 41001, B: 41002, C: 41003, D: 41004 };

/** Puts four origins of one host in the place of the recording's symbols: `$A` an origin, `$hA` its host and port. */
export function withOrigins(text: string): string {
  return text
    .replaceAll(/\$h([ABCD])/g, (_, name: string) => `127.0.0.1:${ports[name]}`)
    .replaceAll(/\$([ABCD])/g, (_, name: string) => `http://127.0.0.1:${ports[name]}`);
}
