import { configure } from "@codegenie/serverless-express";
import { cors } from "@corsmith/cors/express";
import express from "express";
import { addOrder, listOrders } from "./orders.ts";
import { policy } from "./policy.ts";

const app = express();
app.use(cors(policy));
app.get("/orders", (_request, response) => response.json(listOrders()));
app.post("/orders", (_request, response) => response.json(addOrder()));

export const handler = configure({ app });
