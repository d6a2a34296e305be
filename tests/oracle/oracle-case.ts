import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** The engines whose verdicts were recorded. */
export type RealEngine = "chromium" | "firefox" | "webkit";
export const realEngines: readonly RealEngine[] = ["chromium", "firefox", "webkit"];

export type Pairs = readonly (readonly [name: string, value: string])[];

export interface OracleRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Pairs;
  readonly body: string | null;
  readonly mode: string;
  readonly credentials: string;
  readonly redirect: string;
  readonly cache: string;
}

export interface ScriptedAnswer {
  readonly status: number;
  readonly headers: Pairs;
  readonly body?: string;
}

/** What one engine did in one step. */
export interface Verdict {
  readonly outcome: "ok" | "error";
  readonly status?: number;
  readonly type?: string;
  readonly redirected?: boolean;
  readonly headers?: Pairs;
  readonly code?: string;
  readonly message?: string;
  readonly reason?: string;
}

/** What all three engines agree on. */
export interface Agreed extends Verdict {
  /** Headers that script sees. */
  readonly visible?: Pairs;
  /** Names that a server of the case sent and no engine showed. */
  readonly hidden?: readonly string[];
}

export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly absent?: readonly string[];
}

/** One recorded case: what pages asked, what servers answered, what three engines made of it. */
export interface OracleCase {
  readonly id: string;
  readonly tags: readonly string[];
  readonly page: string;
  readonly cookies: readonly string[];
  readonly steps: readonly { readonly delay?: number; readonly request: OracleRequest; readonly expect?: Agreed }[];
  readonly server: Readonly<
    Record<string, { readonly preflight: ScriptedAnswer | null; readonly actual: ScriptedAnswer }>
  >;
  readonly wire?: readonly WireRequest[];
  readonly engines: Readonly<
    Record<RealEngine, { readonly steps: readonly Verdict[]; readonly wire?: readonly WireRequest[] }>
  >;
}

/** The recording: 1,500 cases, each run twice in three real engines. */
export function readOracle(): readonly OracleCase[] {
  const bytes = readFileSync(new URL("browser-verdicts.jsonl.gz", import.meta.url));
  const lines = gunzipSync(bytes).toString("utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line));
}
