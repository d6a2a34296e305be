import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";
import { EngineError, type RealEngine } from "./engine.ts";
import { startEngineProcess } from "./engine-process.ts";

/** Names to look for in `PATH` and absolute paths; and what to do where there is none of them. */
type Installation = Readonly<{ programs: readonly string[]; howToInstall: string }>;

const installations: Readonly<Record<RealEngine, Installation>> = {
  chromium: {
    programs: [
      "chromium",
      "chromium-browser",
      "google-chrome",
      "google-chrome-stable",
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
      "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ],
    howToInstall: "install Chromium or Chrome (Debian: apt-get install chromium)",
  },
  firefox: {
    programs: ["firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"],
    howToInstall: "install Firefox (Debian: apt-get install firefox-esr)",
  },
  webkit: {
    programs: [
      "MiniBrowser",
      ...["4.1", "4.0", "6.0"].flatMap((api) =>
        ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib", "/usr/libexec"].map(
          (folder) => `${folder}/webkit2gtk-${api}/MiniBrowser`,
        ),
      ),
    ],
    howToInstall:
      "install WebKitGTK's MiniBrowser (Debian: apt-get install webkit2gtk-driver); Safari itself cannot be driven this way",
  },
};

/** The engine is not on this machine; the sentence says what to install. */
export interface MissingEngine {
  readonly missing: string;
}

/** Looks for an engine on this machine. */
export function findEngine(engine: RealEngine): { readonly program: string } | MissingEngine {
  const { programs, howToInstall } = installations[engine];
  const program = findProgram(programs);
  return program === undefined ? { missing: `There is no ${engine} on this machine: ${howToInstall}.` } : { program };
}

/** The first of these programs that is here, as a path. */
function findProgram(programs: readonly string[]): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const paths = programs.flatMap((name) => (name.includes("/") ? [name] : folders.map((folder) => join(folder, name))));
  return paths.find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What to do where there is no display and no way to make one. */
export const missingDisplay =
  "WebKit needs a display, and neither DISPLAY nor Xvfb is there: install Xvfb (Debian: apt-get install xvfb).";

/** Is there a display, or a way to make one? */
export function hasDisplay(): boolean {
  return displayIsSet() || findProgram(["Xvfb"]) !== undefined;
}

/** A display for an engine that cannot do without: the one that is there, or an Xvfb of our own on a number that it chooses itself. */
export async function openDisplay() {
  if (displayIsSet()) return { environment: {}, async close() {} };
  const program = findProgram(["Xvfb"]);
  if (program === undefined) throw new EngineError(missingDisplay);
  const parameters = ["-displayfd", "3", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"];
  const child = startEngineProcess(program, parameters, { thirdStream: true });
  try {
    const [, number] = await child.waitFor(/^(\d+)\n/m, 20);
    return { environment: { DISPLAY: `:${number}` }, close: () => child.stop() };
  } catch (error) {
    await child.stop();
    throw error;
  }
}

function displayIsSet(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return DISPLAY !== undefined || WAYLAND_DISPLAY !== undefined;
}
