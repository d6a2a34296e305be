import { createServer } from "node:http";
import { cors } from "@corsmith/cors/node";
import { createApp, createRouter, defineEventHandler, fromNodeMiddleware, toNodeListener } from "h3";
import { addOrder, listOrders } from "./orders.ts";
import { policy } from "./policy.ts";

const app = createApp();
app.use(fromNodeMiddleware(cors(policy)));
app.use(createRouter().get("/orders", defineEventHandler(listOrders)).post("/orders", defineEventHandler(addOrder)));

createServer(toNodeListener(app)).listen(3000);
