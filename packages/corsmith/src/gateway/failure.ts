/** Why the gateway itself answers and not the upstream. */
export interface Failure {
  readonly status: number;
  /** A stable word for programs. */
  readonly code: string;
  /** A sentence for people. It says nothing about the inside: no address, no path on disk, no stack. */
  readonly message: string;
}
