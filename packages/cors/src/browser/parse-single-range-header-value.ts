/**
 * Start and end of `bytes=1-2`, without any whitespace; null where a side is missing.
 *
 * @returns `failure` for every other form
 * @see https://fetch.spec.whatwg.org/#simple-range-header-value
 */
export function parseSingleRangeHeaderValue(
  value: string,
): readonly [start: number | null, end: number | null] | "failure" {
  const match = /^bytes=(\d*)-(\d*)$/.exec(value);
  if (match === null) return "failure";
  const [start, end] = match.slice(1).map((digits) => (digits === "" ? null : Number(digits)));
  if (start === undefined || end === undefined || (start === null && end === null)) return "failure";
  if (start !== null && end !== null && start > end) return "failure";
  return [start, end];
}
