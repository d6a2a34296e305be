import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";
import type { RealEngine } from "./engine.ts";

interface Installation {
  /** Names to look for in `PATH`, and absolute paths. */
  readonly programs: readonly string[];
  readonly howToInstall: string;
}

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
      "install WebKitGTK's MiniBrowser (Debian: apt-get install webkit2gtk-driver); Safari itself can not be driven this way",
  },
};

/** An engine's program, or the sentence that says what to install. */
export type FoundEngine = { readonly program: string } | { readonly missing: string };

/** Looks for an engine on this machine. */
export function findEngine(engine: RealEngine): FoundEngine {
  const { programs, howToInstall } = installations[engine];
  const program = findProgram(programs);
  return program === undefined ? { missing: `There is no ${engine} on this machine: ${howToInstall}.` } : { program };
}

/** The first of these programs that is here, as a path. */
export function findProgram(programs: readonly string[]): string | undefined {
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
