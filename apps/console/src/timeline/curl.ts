import { type Exchange, redactHeaders } from "@corsmith/cors/browser";

/**
 * What the browser sent, as a command for a shell: the answer that it prints is the one that the browser judged. A secret becomes a
 * variable that has to be set before it runs.
 */
function curlFor({ request }: Exchange): string {
  const method = request.method === "GET" ? "" : ` -X ${word(request.method)}`;
  const lines = [`curl -i${method} ${word(request.url)}`];
  for (const [name, value] of redactHeaders(request.headers)) {
    lines.push(value.includes("(hidden)") ? `-H "${name}: $${variable(name)}"` : `-H ${word(`${name}: ${value}`)}`);
  }
  return lines.join(" \\\n  ");
}

/** Every exchange, each under a line that says which it is. */
export function curlForAll(exchanges: readonly Exchange[]): string {
  if (exchanges.length === 1) return exchanges.map(curlFor).join("");
  return exchanges
    .map((exchange) => `# the ${exchange.kind === "preflight" ? "preflight" : "request"}\n${curlFor(exchange)}`)
    .join("\n\n");
}

/** One word of a POSIX shell. */
function word(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function variable(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]/g, "_");
}
