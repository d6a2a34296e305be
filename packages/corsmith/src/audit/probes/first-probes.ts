import { getAs, type Probe, preflightAs } from "../probe.ts";
import { randomHost, randomLabel } from "../random-name.ts";

/** Whom the API lets in: asked first, since everything else depends on it. */
export function firstProbes(url: string, origins: readonly string[]): readonly Probe[] {
  const stranger = `https://${randomHost()}`;
  return [
    { purpose: "without-origin", method: "GET", url, headers: [] },
    ...origins.map((origin) => getAs(origin, url, "known")),
    getAs(stranger, url, "stranger"),
    getAs(`https://${randomHost()}`, url, "other-stranger"),
    getAs("null", url, "null-origin"),
    // Some servers answer * without a cookie, and whatever origin asks with one.
    getAs(stranger, url, "stranger-with-cookie", { headers: [["Cookie", `${randomLabel()}=1`]] }),
    preflightAs(stranger, url, "stranger-preflight"),
    ...origins.map((origin) => preflightAs(origin, url, "known-preflight")),
  ];
}
