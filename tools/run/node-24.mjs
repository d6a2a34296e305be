import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * The Node that runs the sources: the one npm installed, else the running one if it is new enough.
 * @param {string} root
 * @returns {string | undefined}
 */
export function findNode24(root) {
  const installed = join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
  if (existsSync(installed)) return installed;
  return Number.parseInt(process.versions.node, 10) >= 24 ? process.execPath : undefined;
}
