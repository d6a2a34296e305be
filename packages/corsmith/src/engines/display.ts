import process from "node:process";
import { EngineError } from "./engine-error.ts";
import { startEngineProcess } from "./engine-process.ts";
import { findProgram } from "./find-engine.ts";

/** A display for an engine that can not do without. */
export interface Display {
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** The display that is there; where there is none, an Xvfb of our own on a number that it chooses itself. */
export async function openDisplay(): Promise<Display> {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (DISPLAY !== undefined || WAYLAND_DISPLAY !== undefined) return { environment: {}, async close() {} };
  const program = findProgram(["Xvfb"]);
  if (program === undefined) throw new EngineError(missingDisplay);
  const parameters = ["-displayfd", "3", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"];
  const child = startEngineProcess(program, parameters, { thirdStream: true });
  try {
    const [, number] = await child.said(/^(\d+)\n/m, 20);
    return { environment: { DISPLAY: `:${number}` }, close: () => child.stop() };
  } catch (error) {
    await child.stop();
    throw error;
  }
}

/** What to do where there is no display and no way to make one. */
export const missingDisplay =
  "WebKit needs a display, and neither DISPLAY nor Xvfb is there: install Xvfb (Debian: apt-get install xvfb).";

/** Is there a display, or a way to make one? */
export function hasDisplay(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return DISPLAY !== undefined || WAYLAND_DISPLAY !== undefined || findProgram(["Xvfb"]) !== undefined;
}
