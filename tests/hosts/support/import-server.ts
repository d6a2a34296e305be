import type { FunctionHandler } from "./events.ts";

/**
 * Loads a server of `servers/`, which exports a function. By a name that the compiler does not follow: what the servers import is installed
 * for the tests of this folder alone, which type-check them.
 */
export async function importFunction(name: string): Promise<FunctionHandler> {
  const server: object = await import(new URL(`../servers/${name}.ts`, import.meta.url).href);
  if (!("handler" in server) || !isFunction(server.handler)) throw new Error(`${name} exports no handler`);
  return server.handler;
}

function isFunction(value: unknown): value is FunctionHandler {
  return typeof value === "function";
}
