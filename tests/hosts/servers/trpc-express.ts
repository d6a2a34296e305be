import { cors } from "@corsmith/cors/express";
import { createExpressMiddleware } from "@trpc/server/adapters/express";
import express from "express";
import { policy } from "./policy.ts";
import { appRouter } from "./trpc-router.ts";

const app = express();
app.use(cors(policy));
app.use("/trpc", createExpressMiddleware({ router: appRouter }));

app.listen(3000);
