import { cors } from "@corsmith/cors/fetch";
import { corsMatchers } from "@corsmith/cors/testing";
import "@corsmith/cors/testing/vitest";
import { expect, test } from "vitest";

expect.extend(corsMatchers);

test("a handler is judged", async () => {
  const handler = cors({ allowOrigins: ["https://app.example.com"] })(() => new Response("hello"));
  await expect(handler).toAllowCrossOrigin({ origin: "https://app.example.com" });
});
