import { cors } from "@corsmith/cors/hono";
import { Hono } from "hono";
import { handle } from "hono/aws-lambda";
import { addOrder, listOrders } from "./orders.ts";
import { policy } from "./policy.ts";

const app = new Hono();
app.use(cors(policy));
app.get("/orders", (context) => context.json(listOrders()));
app.post("/orders", (context) => context.json({ orders: addOrder() }));

export const handler = handle(app);
