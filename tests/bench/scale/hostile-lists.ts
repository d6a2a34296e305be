import { allowedOrigin, askedHeaders, askedMethod, benchPolicy } from "../bench-policy.ts";
import type { Library } from "../built-library.ts";
import { formatNanoseconds, formatRatio } from "../format-figure.ts";
import { freshText } from "../fresh-text.ts";
import { type Effort, interleave, type Prepare } from "../interleave.ts";
import { ratioOf, spreadOf } from "../spread.ts";
import type { BenchContext, Figure } from "../suite.ts";
import type { Table } from "../table.ts";

interface HostileList {
  readonly id: string;
  readonly title: string;
  readonly value: string;
}

const kibibytes = 1_024;
const names = (count: number): string => Array.from({ length: count }, (_, index) => `x-${index}`).join(",");

/** Values of Access-Control-Request-Headers that no browser sends. Node itself takes no more than 16 KiB of headers. */
const hostileLists: readonly HostileList[] = [
  { id: "8-kib-commas", title: "8 KiB of commas", value: ",".repeat(8 * kibibytes) },
  { id: "8-kib-spaces", title: "8 KiB of spaces", value: " ".repeat(8 * kibibytes) },
  { id: "1-mb-commas", title: "1 MB of commas", value: ",".repeat(1_000_000) },
  { id: "256-names", title: "256 names", value: names(256) },
  { id: "257-names", title: "257 names", value: names(257) },
  { id: "same-name", title: "one allowed name, 256 times", value: Array(256).fill("content-type").join(",") },
  { id: "long-name", title: "one name of 8,000 bytes", value: "x".repeat(8_000) },
];

/** Measures `decide` for preflights with such lists, in turns with an ordinary preflight. */
export function measureHostileLists(
  { core }: Library,
  effort: Effort,
  progress: BenchContext["progress"],
): { readonly table: Table; readonly figures: readonly Figure[] } {
  const policy = core.definePolicy(benchPolicy([allowedOrigin]));
  const preflights = (requestHeaders: string): Prepare => {
    return (operations) => {
      const lists = Array.from({ length: operations }, () => freshText(requestHeaders));
      const facts = { method: "OPTIONS", origin: allowedOrigin, requestMethod: askedMethod };
      return () => {
        for (const list of lists) core.decide(policy, { ...facts, requestHeaders: list });
      };
    };
  };
  const figures: Figure[] = [];
  const rows = hostileLists.map(({ id, title, value }) => {
    progress(title);
    const spent = interleave({ ordinary: preflights(askedHeaders), hostile: preflights(value) }, effort);
    const ratio = ratioOf(spent.hostile, spent.ordinary);
    const time = spreadOf(spent.hostile);
    figures.push(
      { id: `hostile/${id}/to-ordinary`, unit: "ratio", ...ratio },
      { id: `hostile/${id}`, unit: "ns", ...time },
    );
    const { reason } = core.decide(policy, {
      method: "OPTIONS",
      origin: allowedOrigin,
      requestMethod: askedMethod,
      requestHeaders: value,
    });
    return [title, reason, formatNanoseconds(time.median), formatRatio(ratio)];
  });
  return {
    table: {
      title: "Hostile Access-Control-Request-Headers: time divided by that of an ordinary preflight",
      columns: ["list", "decision", "time", "to an ordinary one"],
      rows,
    },
    figures,
  };
}
