import { cors } from "@corsmith/cors/koa";
import Koa from "koa";
import serverless from "serverless-http";
import { addOrder, listOrders } from "./orders.ts";
import { policy } from "./policy.ts";

const app = new Koa();
app.use(cors(policy));
app.use((context) => {
  context.body = context.method === "POST" ? { orders: addOrder() } : listOrders();
});

export const handler = serverless(app);
