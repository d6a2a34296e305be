import { freePort } from "../../support/free-port.ts";

/**
 * The ports that the pages speak of, and what stands for them while a page runs. The pages use one set, as a reader would; tests run at
 * the same time as others, so each run has free ones.
 */
export interface PagePorts {
  /** Replaces the pages' ports in a text by those of this run. */
  substitute(text: string): string;
  /** The port that stands for this one. */
  of(port: number): number;
}

/** The gateway, its admin server, and the API. */
const written = [8080, 9090, 8000];

/** @param pages ports of web pages, which serve already, by the port that the page of the guide names */
export async function pagePorts(pages: ReadonlyMap<number, number>): Promise<PagePorts> {
  const free = await Promise.all(written.map(freePort));
  const map = new Map([...written.map((port, index) => [port, free[index] ?? 0] as const), ...pages]);
  const pattern = new RegExp(`(?<=[: ])(?:${[...map.keys()].join("|")})\\b`, "g");
  const of = (port: number): number => map.get(port) ?? port;
  return { of, substitute: (text) => text.replace(pattern, (port) => String(of(Number(port)))) };
}
