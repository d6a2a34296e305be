import type { Behaviour } from "./behaviour.ts";
import { type HeaderList, headerLines } from "./header-list.ts";

const defaultSeconds = 5;

/**
 * For how many seconds a preflight's answer may be kept.
 *
 * @see https://fetch.spec.whatwg.org/#http-access-control-max-age
 */
export function maxAgeSeconds(headers: HeaderList, behaviour: Behaviour): number {
  const lines = headerLines(headers, "access-control-max-age");
  const [line] = lines;
  if (line === undefined || (line === "" && lines.length === 1)) return defaultSeconds;
  if (lines.length > 1) return behaviour.invalidMaxAgeSeconds;
  if (/^\d+$/.test(line)) return Math.min(Number(line), behaviour.maxAgeLimitSeconds);
  if (/^-\d+$/.test(line) && behaviour.negativeMaxAgeForbidsCaching) return 0;
  return behaviour.invalidMaxAgeSeconds;
}
