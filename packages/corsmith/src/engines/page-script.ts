import type { PageRequest } from "./engine.ts";

/** What the script in the page hands out, as JSON. */
export type ScriptReport =
  | {
      readonly outcome: "ok";
      readonly status: number;
      readonly type: string;
      readonly redirected: boolean;
      readonly url: string;
      readonly headers: readonly (readonly [name: string, value: string])[];
      readonly bodyText?: string;
    }
  | { readonly outcome: "error"; readonly errorMessage: string };

const bodyLimit = 65_536;

/** The empty page. The icon is named, so that the engine asks nobody for one. */
export const emptyPage = '<!doctype html><title>Corsmith asks</title><link rel="icon" href="data:,"><body></body>';

// These run in the page and are carried there as text; the types of this package know no document.
const askInPage = `async ({ url, init, bodyLimit }) => {
  try {
    const response = await fetch(url, init);
    const { status, type, redirected } = response;
    const seen = { outcome: "ok", status, type, redirected, url: response.url, headers: [...response.headers] };
    try {
      seen.bodyText = (await response.text()).slice(0, bodyLimit);
    } catch {}
    return JSON.stringify(seen);
  } catch (error) {
    return JSON.stringify({ outcome: "error", errorMessage: String(error.message) });
  }
}`;

const openFrame = `(ask) => new Promise((resolve) => {
  const frame = document.createElement("iframe");
  frame.sandbox = "allow-scripts";
  frame.srcdoc = "<!doctype html><script>onmessage = async ({ data, ports }) => ports[0].postMessage(await (" + ask + ")(data))<" + "/script>";
  frame.onload = () => resolve((asked) => new Promise((answer) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => answer(data);
    frame.contentWindow.postMessage(asked, "*", [port2]);
  }));
  document.documentElement.append(frame);
})`;

const ask = `async (opaque, asked) => {
  const inPage = ${askInPage};
  if (!opaque) return await inPage(asked);
  globalThis.corsmithFrame ??= (${openFrame})(inPage);
  return await (await corsmithFrame)(asked);
}`;

/** An expression that makes the request on the page, or in a sandboxed frame of it, and becomes a {@link ScriptReport} as JSON. */
export function askPage(url: string, init: PageRequest, opaque: boolean): string {
  return `(${ask})(${opaque}, ${JSON.stringify({ url, init, bodyLimit })})`;
}
