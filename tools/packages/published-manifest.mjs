import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A package's `package.json` as it is published: without the way to the sources, which stay here, and without scripts.
 * @param {string} text
 * @returns {string}
 */
export function publishedManifest(text) {
  const { scripts: _scripts, ...manifest } = JSON.parse(text);
  const published = JSON.stringify(manifest, (key, value) => (key === "@corsmith/source" ? undefined : value), 2);
  return `${published}\n`;
}

/**
 * Puts the published `package.json` in place for `npm pack`, and keeps the other until it is taken back.
 * @param {string} folder
 */
export function exchangeManifest(folder) {
  takeBackManifest(folder);
  const { manifest, kept } = paths(folder);
  const text = readFileSync(manifest, "utf8");
  renameSync(manifest, kept);
  writeFileSync(manifest, publishedManifest(text));
}

/**
 * Puts the package's own `package.json` back; does nothing if it is there.
 * @param {string} folder
 */
export function takeBackManifest(folder) {
  const { manifest, kept } = paths(folder);
  if (existsSync(kept)) renameSync(kept, manifest);
}

/** @param {string} folder */
function paths(folder) {
  return { manifest: join(folder, "package.json"), kept: join(folder, "package.json.kept") };
}
