/** The steps of a path such as `routes[0].policy.maxAge`: `["routes", 0, "policy", "maxAge"]`. */
export function pathSteps(path: string): readonly (string | number)[] {
  return (path.match(/[^.[\]]+/g) ?? []).map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

/** One change of a configuration's text. */
export type TextEdit =
  | { readonly kind: "set"; readonly path: string; readonly value: unknown }
  | { readonly kind: "remove"; readonly path: string };
