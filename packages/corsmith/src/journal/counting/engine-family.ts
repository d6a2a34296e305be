import type { EngineFamily } from "../schema/words.ts";

export type EngineCounts = Record<EngineFamily, number>;

export function newEngineCounts(): EngineCounts {
  return { chromium: 0, firefox: 0, webkit: 0, other: 0, none: 0 };
}

/** User agents that are remembered: most requests come from few versions of few browsers. Longer ones are not worth the memory. */
const remembered = new Map<string, EngineFamily>();
const maxRemembered = 512;
const maxLength = 512;

/**
 * The engine behind a `User-Agent`. A guess by design: browsers say what they like to be taken for, so only the marks are read that every
 * version of an engine has had. On iOS all of them are WebKit, whatever name they bear.
 */
export function engineFamily(userAgent: string | undefined): EngineFamily {
  if (userAgent === undefined || userAgent === "") return "none";
  const known = remembered.get(userAgent);
  if (known !== undefined) return known;
  const family = readFamily(userAgent);
  if (userAgent.length > maxLength) return family;
  if (remembered.size >= maxRemembered) remembered.clear();
  remembered.set(userAgent, family);
  return family;
}

function readFamily(userAgent: string): EngineFamily {
  if (/\((?:iPhone|iPad|iPod)\b|CriOS\/|FxiOS\/|EdgiOS\//.test(userAgent)) return "webkit";
  if (userAgent.includes("Firefox/")) return "firefox";
  if (/Chrom(?:e|ium)\/\d/.test(userAgent)) return "chromium";
  return userAgent.includes("AppleWebKit/") && userAgent.includes("Version/") ? "webkit" : "other";
}
