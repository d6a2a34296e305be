/** An answer, however it was made: every line of every header, names in lower case. */
export interface SomeAnswer {
  readonly status: number;
  readonly lines: Readonly<Record<string, readonly string[]>>;
}

/** What a page asks for. */
export interface PageRequest {
  readonly origin: string;
  readonly credentials: boolean;
}

/**
 * May a page read this answer? Written from the standard for these tests, so that both sides are judged alike.
 *
 * @see https://fetch.spec.whatwg.org/#concept-cors-check
 */
export function mayRead(answer: SomeAnswer, { origin, credentials }: PageRequest): boolean {
  const allowed = answer.lines["access-control-allow-origin"]?.join(", ");
  if (!credentials && allowed === "*") return true;
  if (allowed !== origin) return false;
  return !credentials || answer.lines["access-control-allow-credentials"]?.join(", ") === "true";
}

/**
 * May a page send this method with this header, going by the answer to its preflight?
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
export function maySend(answer: SomeAnswer, page: PageRequest, method: string, header: string): boolean {
  if (!mayRead(answer, page) || answer.status < 200 || answer.status > 299) return false;
  const methods = namesIn(answer, "access-control-allow-methods");
  const headers = namesIn(answer, "access-control-allow-headers").map((name) => name.toLowerCase());
  const any = (names: readonly string[]) => !page.credentials && names.includes("*");
  const methodPasses = ["GET", "HEAD", "POST"].includes(method) || methods.includes(method) || any(methods);
  return methodPasses && (headers.includes(header) || (any(headers) && header !== "authorization"));
}

function namesIn(answer: SomeAnswer, header: string): readonly string[] {
  return (answer.lines[header] ?? []).flatMap((line) => line.split(",")).map((name) => name.trim());
}
