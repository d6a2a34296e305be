import { behaviours } from "./behaviours.js";
import { form, guard, prefix } from "./policy.js";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/**
 * What a route file exports. With the form `handlers`, each handler is guarded, and OPTIONS answers preflights.
 *
 * @param base what stands before the path: `""` or `"/api"`
 */
export function routeOf(name, base) {
  const handlers = behaviours[name];
  if (form !== "handlers" || !base.startsWith(prefix)) return handlers;
  const guarded = methods
    .filter((method) => method in handlers)
    .map((method) => [method, (request, context) => guard()(handlers[method])(request, context)]);
  const options =
    "OPTIONS" in handlers ? (request) => guard()(handlers.OPTIONS)(request) : (request) => guard().OPTIONS(request);
  return { ...Object.fromEntries(guarded), OPTIONS: options };
}
