import { cors } from "@corsmith/cors/fastify";
import awsLambda from "@fastify/aws-lambda";
import Fastify from "fastify";
import { addOrder, listOrders } from "./orders.ts";
import { policy } from "./policy.ts";

const app = Fastify();
app.register(cors(policy));
app.get("/orders", async () => listOrders());
app.post("/orders", async () => ({ orders: addOrder() }));

// A load balancer that is told to send lists of headers needs the option, or the application sees no headers at all.
export const handler = awsLambda(app, { albMultiValueHeaders: true });
