import { routeOf } from "../../route-of.js";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routeOf("missing", "");
