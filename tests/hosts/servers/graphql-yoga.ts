import { createServer } from "node:http";
import { cors } from "@corsmith/cors/node";
import { createSchema, createYoga } from "graphql-yoga";
import { addOrder, listOrders } from "./orders.ts";
import { policy } from "./policy.ts";

const yoga = createYoga({
  cors: false,
  schema: createSchema({
    typeDefs: "type Query { orders: [String!]! } type Mutation { order: Int! }",
    resolvers: { Query: { orders: listOrders }, Mutation: { order: addOrder } },
  }),
});
const guard = cors(policy);

createServer((request, response) => guard(request, response, () => yoga(request, response))).listen(3000);
