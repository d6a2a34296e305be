/** A worker could not start. `code` is that of the system's error in the worker, `EADDRINUSE` for example. */
export class WorkerRefusedError extends Error {
  override readonly name = "WorkerRefusedError";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
