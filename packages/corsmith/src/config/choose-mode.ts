import { type Environment, nearestName } from "@corsmith/cors";
import type { UnplacedFinding } from "./config-sections.ts";
import type { Flags } from "./flags.ts";
import { isMode, type Mode, modes } from "./mode.ts";

/**
 * Which overlay is in force: that of `--mode`, else that of `NODE_ENV`, else none. `--mode` must name one; `NODE_ENV` belongs to the
 * whole machine and may say anything, but a warning says so where overlays wait for it.
 */
export function chooseMode(
  flags: Flags,
  environment: Environment,
  hasOverlays: boolean,
): { readonly mode: Mode | undefined; readonly findings: readonly UnplacedFinding[] } {
  const { mode } = flags;
  if (mode !== undefined)
    return isMode(mode) ? { mode, findings: [] } : { mode: undefined, findings: [unknownMode(mode)] };
  const ambient = environment["NODE_ENV"];
  if (isMode(ambient)) return { mode: ambient, findings: [] };
  return { mode: undefined, findings: hasOverlays && ambient ? [withoutOverlay(ambient)] : [] };
}

function unknownMode(mode: string): UnplacedFinding {
  return {
    code: "mode-unknown",
    severity: "error",
    path: "--mode",
    value: mode,
    message: `A mode is ${modes.join(" or ")}.`,
    fix: nearestName(mode, modes) ?? "production",
  };
}

function withoutOverlay(value: string): UnplacedFinding {
  return {
    code: "mode-without-overlay",
    severity: "warning",
    path: "NODE_ENV",
    value,
    message: "No overlay has this name, so the file holds without any.",
    fix: `NODE_ENV=${nearestName(value, modes) ?? "production"}, or --mode`,
  };
}
