import type { RouteFaultCode } from "./route-path.ts";

/** One mistake in the routes, in the form of a policy's findings. */
export interface RouteFinding {
  readonly code: RouteFaultCode;
  readonly severity: "error";
  /** `routes[2].path` */
  readonly path: string;
  readonly value: string;
  readonly message: string;
  readonly fix: string;
}

/** Thrown by {@link compileRouteTable}: carries every mistake, not only the first. */
export class RouteConflictError extends Error {
  override readonly name = "RouteConflictError";
  readonly code = "routes-invalid";
  readonly findings: readonly RouteFinding[];

  constructor(findings: readonly RouteFinding[]) {
    const lines = findings.map(
      ({ path, value, message, fix }) => `  ${path} is ${JSON.stringify(value)}: ${message} Fix: ${fix}`,
    );
    super(`The routes cannot be used.\n${lines.join("\n")}`);
    this.findings = findings;
  }
}
