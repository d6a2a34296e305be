import { type Answer, mergeExposeHeaders } from "@corsmith/cors";
import type { RouteMatch } from "@corsmith/cors/routes";

/** What becomes of the upstream's own `Access-Control-Expose-Headers`, the one CORS header that a policy can let it keep. */
export interface UpstreamExpose {
  readonly merge: boolean;
  /** Called with names that the upstream exposes and the answer does not. */
  readonly onLost: (names: readonly string[]) => void;
}

/** Where it is written what the upstream exposes in vain. */
export interface ExposureLog {
  exposedNamesLost(route: string, names: readonly string[], merges: boolean): void;
}

/** By the policy that the request is under. */
export function upstreamExpose(log: ExposureLog, { route, policy }: RouteMatch): UpstreamExpose {
  const merge = policy !== false && policy.upstreamExposeHeaders === "merge";
  return { merge, onLost: (names) => log.exposedNamesLost(route, names, merge) };
}

/**
 * The headers of the answer, with the upstream's own names where the policy merges them.
 *
 * @param lines the upstream's `Access-Control-Expose-Headers`
 */
export function answerWithExposed(
  answer: Answer,
  lines: string | readonly string[],
  { merge, onLost }: UpstreamExpose,
): Answer["headers"] {
  const { headers, dropped } = mergeExposeHeaders(answer, lines);
  const lost = merge ? dropped : exposedNames(headers).slice(exposedNames(answer.headers).length);
  if (lost.length > 0) onLost(lost);
  return merge ? headers : answer.headers;
}

/** In the order of the list: the policy's own come first. */
function exposedNames(headers: Answer["headers"]): readonly string[] {
  const list = headers.find(([name]) => name === "Access-Control-Expose-Headers")?.[1];
  return list === undefined ? [] : list.split(", ");
}
