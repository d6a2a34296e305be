import { ApolloServer } from "@apollo/server";
import { expressMiddleware } from "@as-integrations/express5";
import { cors } from "@corsmith/cors/express";
import express from "express";
import { addOrder, listOrders } from "./orders.ts";
import { policy } from "./policy.ts";

const server = new ApolloServer({
  typeDefs: "type Query { orders: [String!]! } type Mutation { order: Int! }",
  resolvers: { Query: { orders: listOrders }, Mutation: { order: addOrder } },
});
await server.start();

const app = express();
app.use(cors(policy));
app.use("/graphql", express.json(), expressMiddleware(server));

app.listen(3000);
