import { definePolicy, type Policy } from "@corsmith/cors";
import { cors } from "@corsmith/cors/fetch";
import "@corsmith/cors/testing/jest";
import { corsMatchers } from "@corsmith/cors/testing";

expect.extend(corsMatchers);

test("a handler is judged", async () => {
  const policy: Policy = definePolicy({ allowOrigins: ["https://app.example.com"] });
  const handler = cors(policy)(() => new Response("hello"));
  await expect(handler).toAllowCrossOrigin({ origin: "https://app.example.com" });
  await expect(handler).not.toAllowCrossOrigin({ origin: "https://evil.example" });
});
