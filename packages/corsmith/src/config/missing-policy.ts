import type { ConfigFinding } from "./config-finding.ts";
import type { Configuration } from "./configuration.ts";

/** The finding for a configuration without a policy, where one is needed. */
export function missingPolicy({ file, mode, overlays }: Configuration): ConfigFinding {
  const unused = overlays.filter((name) => name !== mode);
  return {
    code: "policy-missing",
    severity: "error",
    path: "policy",
    value: undefined,
    message: "There is no policy, and no default one: nobody else can know which pages you trust.",
    fix:
      unused.length > 0
        ? `Choose an overlay: ${unused.map((name) => `--mode ${name}`).join(" or ")}, or write the policy that holds without one.`
        : "Name the origins that may read the answers.",
    ...(file === undefined ? {} : { file }),
  };
}
