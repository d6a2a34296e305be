import type { RealEngine } from "../../packages/corsmith/src/engines/engine.ts";
import { requireProgram } from "./real-thing.ts";

/** May a test that needs this real engine run on this machine? As `requireProgram` says it. */
export function requireEngine(engine: RealEngine): boolean {
  switch (engine) {
    case "chromium":
      return requireProgram("chromium", "chromium");
    case "firefox":
      return requireProgram("firefox-esr", "firefox-esr");
    case "webkit":
      // The driver itself is not used, but Debian's browser to drive comes with it.
      return requireProgram("WebKitWebDriver", "webkit2gtk-driver") && requireProgram("Xvfb", "xvfb");
  }
}
