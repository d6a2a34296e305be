/** A real engine could not be started, or stopped answering. */
export class EngineError extends Error {
  override readonly name = "EngineError";
}
