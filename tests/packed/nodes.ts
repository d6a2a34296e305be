import process from "node:process";
import { requireNode } from "../support/real-node.ts";
import { runNode } from "./run-node.ts";

/** A Node that a test runs a program on. */
export interface RealNode {
  readonly version: string;
  readonly path: string;
}

const oldestOfLibrary = "20.19.6";
const oldestOfCommand = "22.13.1";

/** The oldest Node that the library runs on, the oldest that the command runs on, and the one that runs the tests. */
export async function libraryNodes(): Promise<readonly RealNode[]> {
  return [...(await installed(oldestOfLibrary, oldestOfCommand)), running()];
}

/** The same for the command. */
export async function commandNodes(): Promise<readonly RealNode[]> {
  return [...(await installed(oldestOfCommand)), running()];
}

/** Nodes that are too old for the command. */
export function tooOldForCommand(): Promise<readonly RealNode[]> {
  return installed("16.20.2", "18.20.8", oldestOfLibrary, "22.12.0");
}

async function installed(...versions: readonly string[]): Promise<readonly RealNode[]> {
  const nodes: RealNode[] = [];
  for (const version of versions) {
    const path = await requireNode(version);
    if (path !== undefined) nodes.push({ version, path });
  }
  return nodes;
}

function running(): RealNode {
  const path = process.execPath;
  return { path, version: runNode(path, ["--version"], ".").stdout.trim().slice(1) };
}
