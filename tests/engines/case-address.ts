const letters = ["A", "B", "C", "D"] as const;

/** Writes a case for the ports that the system picked, in a folder of its own so that no two cases share a URL; and reads it back. */
export interface CaseAddress {
  /** The folder, without slashes. */
  readonly folder: string;
  /** A URL of the case, absolute (`$B/p1`) or relative (`/p1`). */
  url(symbolic: string): string;
  /** Any other text with symbols. */
  text(symbolic: string): string;
  /** Back to symbols. */
  symbolic(text: string): string;
}

/** The addresses of one case. */
export function caseAddress(folder: string, ports: readonly number[]): CaseAddress {
  const portOf = (letter: string): number => ports[letters.indexOf(letter as "A")] ?? 0;
  const host = (letter: string): string => `127.0.0.1:${portOf(letter)}`;
  const text = (symbolic: string): string =>
    symbolic
      .replaceAll(/\$h([ABCD])/g, (_, letter: string) => host(letter))
      .replaceAll(/\$([ABCD])/g, (_, letter: string) => `http://${host(letter)}`);
  const url = (symbolic: string): string =>
    text(symbolic.replaceAll(/(\$h?[ABCD])(?=\/)/g, `$1/${folder}`).replace(/^\/(?!\/)/, `/${folder}/`));
  const back = (written: string): string =>
    letters.reduce(
      (sofar, letter) =>
        sofar.replaceAll(`http://${host(letter)}`, `$${letter}`).replaceAll(host(letter), `$h${letter}`),
      written.replaceAll(`/${folder}/`, "/"),
    );
  return { folder, url, text, symbolic: back };
}
