import type { Calls, Problem } from "corsmith/api";

/** A call as its method and path, by which the API's own table gives the types: `GET /api/origins/{origin}`. */
export type Call = keyof Calls;

/** What a call is asked with; the parts that it does not have may be left out. */
export type CallInput<Name extends Call> = {
  readonly [Key in keyof Calls[Name]["input"] as Calls[Name]["input"][Key] extends undefined
    ? never
    : Key]?: Calls[Name]["input"][Key];
};

/**
 * Asks the operator's API, which is on this page's own origin.
 *
 * @throws {ProblemError} if it refuses, or cannot be reached
 */
export async function call<Name extends Call>(
  name: Name,
  input: CallInput<Name> = {},
  signal?: AbortSignal,
): Promise<Calls[Name]["answer"]> {
  const { params, query, body }: RawInput = input;
  const [method = "GET", path = ""] = name.split(" ");
  const response = await reach(`${filled(path, params)}${queryOf(query)}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...authorization(),
    },
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
  });
  return await response.json();
}

interface RawInput {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init).catch((reason: unknown) => {
    if (reason instanceof DOMException && reason.name === "AbortError") throw reason;
    throw new ProblemError("Cannot reach Corsmith. Is `corsmith serve` still running?");
  });
  if (response.ok) return response;
  const problem = await readProblem(response);
  throw new ProblemError(problem?.detail ?? `Corsmith answered with the status ${response.status}.`, problem);
}

async function readProblem(response: Response): Promise<Problem | undefined> {
  if (!/^application\/(?:problem\+)?json\b/.test(response.headers.get("content-type") ?? "")) return undefined;
  const value: unknown = await response.json().catch(() => undefined);
  return isProblem(value) ? value : undefined;
}

function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && "code" in value && "detail" in value;
}

function filled(path: string, params: RawInput["params"]): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params?.[name] ?? "")));
}

function queryOf(query: RawInput["query"]): string {
  const given = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}

/** A call that was refused, or that never reached the server. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  /** Missing if there was no answer that could be read. */
  readonly problem: Problem | undefined;

  constructor(message: string, problem?: Problem) {
    super(message);
    this.problem = problem;
  }
}

/** Was the token wrong or missing? Then only another one helps. */
export function needsToken(error: unknown): boolean {
  const code = error instanceof ProblemError ? error.problem?.code : undefined;
  return code === "token-missing" || code === "token-wrong";
}

const key = "corsmith.token";

const tokens = new EventTarget();

/** Resolves when another token is stored, or when the signal aborts. */
export function anotherToken(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    tokens.addEventListener("stored", () => resolve(), { once: true, signal });
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** The header with the token that this API may require, if there is one; it is kept as long as the tab lives. */
export function authorization(): { readonly authorization?: string } {
  try {
    const token = sessionStorage.getItem(key);
    return token === null ? {} : { authorization: `Bearer ${token}` };
  } catch {
    return {};
  }
}

/** Stores the token for this tab. */
export function storeToken(token: string): void {
  try {
    sessionStorage.setItem(key, token);
  } catch {
    // A browser that stores nothing for pages: it will be asked for again.
  }
  tokens.dispatchEvent(new Event("stored"));
}
