import process from "node:process";
import { fileURLToPath } from "node:url";
import { bundleLibrary } from "../../../tools/packages/bundle-library.ts";
import { requireInstalled, runToEnd } from "../../support/installed-folder.ts";

/** The folder of the Next application, with an installation of its own: three hundred megabytes that few contributors need. */
export const nextFolder: string = fileURLToPath(new URL("../../frameworks-next/", import.meta.url));

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Next's own program, once it is installed. */
export const nextProgram = `${nextFolder}node_modules/next/dist/bin/next`;

/** Installs Next if it is not there; see {@link requireInstalled}. */
export function requireNext(): Promise<boolean> {
  return requireInstalled(nextFolder, "Next and React");
}

/** Bundles the library, which Next takes as it is published, and builds the application that stands in `folder`. */
export async function buildNext(folder: string = nextFolder): Promise<void> {
  await must(process.execPath, ["node_modules/typescript/bin/tsc", "-b", "packages/cors"], root);
  await bundleLibrary();
  await must(process.execPath, [nextProgram, "build"], folder);
}

/** Compiles handlers and a proxy that are typed as Next's documentation types them, by the declarations that {@link buildNext} made. */
export function typeCheckNext(): Promise<void> {
  return must(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tests/frameworks-next/types"], root);
}

async function must(command: string, parameters: readonly string[], cwd: string): Promise<void> {
  const { code, output } = await runToEnd(command, parameters, cwd);
  if (code !== 0) throw new Error(`${command} ${parameters.join(" ")} ended with ${code}:\n${output}`);
}
