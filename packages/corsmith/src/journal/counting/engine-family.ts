import type { EngineFamily } from "./decision-facts.ts";

/** Every family, in the order in which they are stored. */
export const engineFamilies: readonly EngineFamily[] = ["chromium", "firefox", "webkit", "other", "none"];

/**
 * The engine behind a `User-Agent`. A guess by design: browsers say what they like to be taken for, so only the marks are read that every
 * version of an engine has had. On iOS all of them are WebKit, whatever name they bear.
 */
function engineFamily(userAgent: string | undefined): EngineFamily {
  if (userAgent === undefined || userAgent === "") return "none";
  if (/\((?:iPhone|iPad|iPod)\b|CriOS\/|FxiOS\/|EdgiOS\//.test(userAgent)) return "webkit";
  if (userAgent.includes("Firefox/")) return "firefox";
  if (/Chrom(?:e|ium)\/\d/.test(userAgent)) return "chromium";
  return userAgent.includes("AppleWebKit/") && userAgent.includes("Version/") ? "webkit" : "other";
}

/** User agents that are remembered. */
const mostRemembered = 512;
/** Longer ones are not worth the memory. */
const longestRemembered = 512;

/** The same with a memory of bounded size: most requests come from few versions of few browsers. */
export class EngineFamilies {
  readonly #known = new Map<string, EngineFamily>();
  #last: string | undefined;
  #lastFamily: EngineFamily = "none";

  of(userAgent: string | undefined): EngineFamily {
    if (userAgent !== this.#last) {
      this.#lastFamily = this.#lookUp(userAgent);
      this.#last = userAgent;
    }
    return this.#lastFamily;
  }

  #lookUp(userAgent: string | undefined): EngineFamily {
    if (userAgent === undefined || userAgent.length > longestRemembered) return engineFamily(userAgent);
    const known = this.#known.get(userAgent);
    if (known !== undefined) return known;
    const family = engineFamily(userAgent);
    if (this.#known.size >= mostRemembered) this.#known.clear();
    this.#known.set(userAgent, family);
    return family;
  }
}
