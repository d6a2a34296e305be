/**
 * One entry of `allowOrigins`, read. `exact` is one origin; `pattern` a scheme, a host or names under it, and a port or any port.
 */
export type OriginPattern =
  | { readonly kind: "any" }
  | { readonly kind: "null" }
  | { readonly kind: "exact"; readonly scheme: string; readonly host: string; readonly port: string }
  | {
      readonly kind: "pattern";
      readonly scheme: string;
      /**
       * What stands before `host`: `*` is one or more whole labels. With letters around it, it is one label that begins and ends with them,
       * and has one or more of `a-z 0-9 - _` in the star's place. Without a label, the pattern is about the port only.
       */
      readonly label: string | undefined;
      /** What the label stands before, which the pattern never covers itself. */
      readonly host: string;
      /** `*` is any port, the default one too; empty the default one. */
      readonly port: string;
    };

/** The entry as it is written in a policy, in its one canonical form. */
export function formatOriginPattern(pattern: OriginPattern): string {
  switch (pattern.kind) {
    case "any":
      return "*";
    case "null":
      return "null";
    case "exact":
      return formatTuple(pattern.scheme, pattern.host, pattern.port);
    case "pattern": {
      const { label, host } = pattern;
      return formatTuple(pattern.scheme, label === undefined ? host : `${label}.${host}`, pattern.port);
    }
  }
}

/** Takes the first label off a host, if it has a `*` in it; what is left is not looked at. */
export function splitLabel(name: string): { readonly label: string | undefined; readonly host: string } {
  const dot = name.indexOf(".");
  const label = name.slice(0, dot);
  return dot > 0 && label.includes("*") ? { label, host: name.slice(dot + 1) } : { label: undefined, host: name };
}

/** Joined, because V8 keeps a text that was put together with `+` as its parts, and compares those slowly ever after. */
function formatTuple(scheme: string, host: string, port: string): string {
  return (port === "" ? [scheme, "://", host] : [scheme, "://", host, ":", port]).join("");
}
