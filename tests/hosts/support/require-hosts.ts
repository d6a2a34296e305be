import { fileURLToPath } from "node:url";
import { requireInstalled } from "../../support/installed-folder.ts";

/** This folder, with an installation of its own. */
export const hostsFolder: string = fileURLToPath(new URL("../", import.meta.url));

/** Installs the hosts if they are not there; see {@link requireInstalled}. */
export function requireHosts(): Promise<boolean> {
  return requireInstalled(hostsFolder, "the hosts of tests/hosts");
}
