/** A recording that can not be read: where, what stands there, and what should. */
export class HarError extends TypeError {
  override readonly name = "HarError";
  /** Where in the recording: `log.entries[3].request.url`. */
  readonly path: string;

  constructor(path: string, message: string) {
    super(`HAR, ${path}: ${message}`);
    this.path = path;
  }
}
