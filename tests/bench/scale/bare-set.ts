import { formatRatio } from "../format-figure.ts";
import { freshText } from "../fresh-text.ts";
import { type Effort, interleave, type Prepare } from "../interleave.ts";
import { repeatableRandom } from "../repeatable-random.ts";
import { ratioOf } from "../spread.ts";
import type { Figure } from "../suite.ts";
import type { Table } from "../table.ts";
import { tenantOrigin } from "../tenant-origins.ts";

/**
 * The same look-ups in the platform's own `Set` and nothing else: how much of the growth is the machine's, whose caches do not hold a
 * hundred megabytes of origins.
 */
export function measureBareSet(
  sizes: readonly number[],
  effort: Effort,
): { readonly table: Table; readonly figures: readonly Figure[] } {
  const one = new Set([tenantOrigin(0)]);
  const found = sizes.map((size) => {
    const many = new Set(Array.from({ length: size }, (_, index) => tenantOrigin(index)));
    const spent = interleave({ one: lookUps(one, 1), many: lookUps(many, size) }, effort);
    return { size, ratio: ratioOf(spent.many, spent.one) };
  });
  return {
    table: {
      title: "For comparison, Set.prototype.has alone: any of all, divided by the time at one",
      columns: ["members", "any of all"],
      rows: found.map(({ size, ratio }) => [size.toLocaleString("en"), formatRatio(ratio)]),
    },
    figures: found.map(({ size, ratio }) => ({ id: `bare-set/${size}/allowed-any/to-one`, unit: "ratio", ...ratio })),
  };
}

function lookUps(set: ReadonlySet<string>, size: number): Prepare {
  const random = repeatableRandom(size);
  return (operations) => {
    const origins = Array.from({ length: operations }, () => freshText(tenantOrigin(random(size))));
    return () => {
      for (const origin of origins) {
        if (!set.has(origin)) throw new Error(`${origin} is missing.`);
      }
    };
  };
}
