import type { FunctionHandler } from "./events.ts";

/**
 * Runs a server of `servers/`, and returns what it exports. By a name that the compiler does not follow: what the servers import is
 * installed for the tests of this folder alone, which type-check them.
 */
export function importServer(name: string): Promise<object> {
  return import(new URL(`../servers/${name}.ts`, import.meta.url).href);
}

/** The function that a server exports. */
export async function importFunction(name: string): Promise<FunctionHandler> {
  const server = await importServer(name);
  if (!("handler" in server) || !isFunction(server.handler)) throw new Error(`${name} exports no handler`);
  return server.handler;
}

function isFunction(value: unknown): value is FunctionHandler {
  return typeof value === "function";
}
