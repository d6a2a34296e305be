export {
  defineRoutes,
  type PoliciesByRoute,
  type PolicyOfRoute,
  type PolicyOrFalse,
  readRoutes,
} from "./read-routes.ts";
export { routeFor } from "./route-for.ts";
export type { RouteFaultCode } from "./route-path.ts";
export {
  type AmbiguousRoute,
  type ClearRoute,
  compileRouteTable,
  RouteConflictError,
  type RouteFinding,
  type RouteInput,
  type RouteMatch,
  type RouteTable,
} from "./route-table.ts";
