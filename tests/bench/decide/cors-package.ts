import { createRequire } from "node:module";
import type { BenchRequest } from "./bench-request.ts";
import type { CollectingResponse } from "./collecting-response.ts";

/** The options of the npm package `cors` that our policy needs. */
export interface CorsPackageOptions {
  readonly origin: readonly string[];
  readonly credentials: boolean;
  readonly methods: readonly string[];
  readonly allowedHeaders: readonly string[];
  readonly exposedHeaders: readonly string[];
  readonly maxAge: number;
}

type Middleware = (request: BenchRequest, response: CollectingResponse, next: () => void) => void;

/** The npm package `cors`, which has no types of its own. */
export const corsPackage = createRequire(import.meta.url)("cors") as (options: CorsPackageOptions) => Middleware;
