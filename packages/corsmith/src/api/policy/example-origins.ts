import type { Policy } from "@corsmith/cors";

/** An origin to try a policy with. */
export interface ExampleOrigin {
  readonly origin: string;
  /** The pattern that it is an example of. */
  readonly pattern?: string;
  /** Does the policy name it, or is it a stranger? */
  readonly named: boolean;
}

/** Belongs to nobody, and to no policy. @see https://www.rfc-editor.org/rfc/rfc2606 */
const stranger = "https://stranger.example";

/** Origins that show what policies do: each that they name, one for each pattern, and a stranger at the end. */
export function exampleOrigins(policies: readonly Policy[], most: number): readonly ExampleOrigin[] {
  const patterns = [...new Set(policies.flatMap(({ allowOrigins }) => allowOrigins))];
  const examples = patterns.slice(0, most - 1).map(exampleOf);
  return [...examples, { origin: stranger, named: false }];
}

function exampleOf(pattern: string): ExampleOrigin {
  if (!pattern.includes("*")) return { origin: pattern, named: true };
  if (pattern === "*") return { origin: "https://any-site.example", pattern, named: true };
  return { origin: pattern.replace(/:\*$/, ":5173").replace("*", "any"), pattern, named: true };
}
