import { spawn } from "node:child_process";
import process from "node:process";

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [program: string, ...args: string[]]>>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/** Opens a page in the user's browser. Where there is none, nothing happens: the address was printed. */
export function openPage(url: URL): void {
  const [program, ...args] = openers[process.platform] ?? ["xdg-open"];
  spawn(program, [...args, url.href], { stdio: "ignore", detached: true })
    .on("error", () => {})
    .unref();
}
