/**
 * One entry of `allowOrigins`, read. `exact` is one origin; `pattern` a scheme, a host or all names under it, and a port or any port.
 */
export type OriginPattern =
  | { readonly kind: "any" }
  | { readonly kind: "null" }
  | { readonly kind: "exact"; readonly scheme: string; readonly host: string; readonly port: string }
  | {
      readonly kind: "pattern";
      readonly scheme: string;
      /** Without the `*.` in front. */
      readonly host: string;
      /** One or more labels before `host`, never `host` itself. */
      readonly subdomains: boolean;
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
    case "pattern":
      return formatTuple(pattern.scheme, `${pattern.subdomains ? "*." : ""}${pattern.host}`, pattern.port);
  }
}

/** Joined, because V8 keeps a text that was put together with `+` as its parts, and compares those slowly ever after. */
function formatTuple(scheme: string, host: string, port: string): string {
  return (port === "" ? [scheme, "://", host] : [scheme, "://", host, ":", port]).join("");
}
