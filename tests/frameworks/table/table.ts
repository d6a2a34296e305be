import { origins } from "./origins.ts";
import { prefixed } from "./prefixed.ts";
import { notPreflights, preflights } from "./preflights.ts";
import { protection } from "./protection.ts";
import { responses } from "./responses.ts";
import type { Row } from "./row.ts";
import { varies } from "./varies.ts";

/** What every framework must answer: the same, byte for byte. */
export const table: readonly Row[] = [
  ...responses,
  ...preflights,
  ...notPreflights,
  ...origins,
  ...varies,
  ...prefixed,
  ...protection,
];
