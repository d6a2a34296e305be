/** A piece of TypeScript in a document. */
export interface DocumentedCode {
  readonly file: string;
  /** The line of its first line of code, from 1. */
  readonly line: number;
  readonly code: string;
  /** False for code marked `no-run`, such as a server that would serve for ever: it is type-checked only. */
  readonly run: boolean;
}

/** A fence that cannot be checked as it is written. */
export interface FenceFault {
  readonly file: string;
  readonly line: number;
  readonly fault: string;
}
