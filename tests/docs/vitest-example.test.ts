import { cors } from "@corsmith/cors/fetch";
import { corsMatchers } from "@corsmith/cors/testing";
import "@corsmith/cors/testing/vitest";
import { expect, test } from "vitest";

expect.extend(corsMatchers);

const guard = cors({ allowOrigins: ["https://app.example.com"], allowCredentials: true, allowMethods: ["PUT"] });
const api = guard((request) => Response.json({ asked: new URL(request.url).pathname }));

test("the front end may change an order", async () => {
  await expect(api).toAllowCrossOrigin({ origin: "https://app.example.com", method: "PUT", credentials: true });
});

test("nobody else may read one", async () => {
  await expect(api).not.toAllowCrossOrigin({ origin: "https://evil.example" });
});
