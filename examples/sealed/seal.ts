import { definePolicy } from "@corsmith/cors";
import { sealPolicy } from "@corsmith/cors/sealed";

// A mistake stops the build here, with all of its findings.
const policy = definePolicy({
  allowOrigins: ["https://app.example.com", "http://localhost:*"],
  allowCredentials: true,
  allowMethods: ["PUT"],
  allowHeaders: ["Content-Type"],
  maxAge: 600,
});

console.log(JSON.stringify(sealPolicy(policy), null, 2));
