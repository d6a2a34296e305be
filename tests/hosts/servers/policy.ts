import { definePolicy } from "@corsmith/cors";

export const policy = definePolicy({
  allowOrigins: ["https://app.example.com"],
  allowMethods: ["PUT"],
  allowHeaders: ["Content-Type"],
  crossOriginProtection: true,
});
