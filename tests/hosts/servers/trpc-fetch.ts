import { cors } from "@corsmith/cors/fetch";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { policy } from "./policy.ts";
import { appRouter } from "./trpc-router.ts";

export const fetch = cors(policy)((req) => fetchRequestHandler({ endpoint: "/trpc", req, router: appRouter }));
