import { cors } from "@corsmith/cors/node";
import httpMocks from "node-mocks-http";
import { policy } from "./policy.ts";

const request = httpMocks.createRequest({ headers: { origin: "https://app.example.com" } });
const response = httpMocks.createResponse();
cors(policy)(request, response, () => {});
console.assert(response.getHeader("access-control-allow-origin") === "https://app.example.com");
