import { cors } from "@corsmith/cors/node";
import { createHTTPServer } from "@trpc/server/adapters/standalone";
import { policy } from "./policy.ts";
import { appRouter } from "./trpc-router.ts";

createHTTPServer({ middleware: cors(policy), router: appRouter }).listen(3000);
