// Jest as it comes: CommonJS, no configuration.

const { createServer } = require("node:http");
const { definePolicy, isPolicyError } = require("@corsmith/cors");
const { cors } = require("@corsmith/cors/express");
const { corsMatchers, transportFromPolicy } = require("@corsmith/cors/testing");
const { openPage } = require("@corsmith/cors/browser");

expect.extend(corsMatchers);
const app = "https://app.example.com";
const policy = definePolicy({ allowOrigins: app });

test("a server that listens is judged", async () => {
  const guard = cors(policy);
  const server = createServer((request, response) => guard(request, response, () => response.end("hello")));
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  try {
    const address = `http://127.0.0.1:${server.address().port}`;
    await expect(address).toAllowCrossOrigin({ origin: app });
    await expect(address).not.toAllowCrossOrigin({ origin: "https://evil.example" });
  } finally {
    await new Promise((done) => server.close(done));
  }
});

test("a page reads the answer", async () => {
  const page = openPage({ origin: app, transport: transportFromPolicy(policy) });
  expect((await page.trace("https://api.example.com/")).outcome).toBe("ok");
});

test("a policy outlives a reset of the modules", () => {
  jest.resetModules();
  const again = require("@corsmith/cors");
  expect(again.definePolicy).not.toBe(definePolicy);
  expect(again.isPolicy(policy)).toBe(true);
  expect(again.decide(policy, { method: "GET", origin: app }).reason).toBe("allowed");
  try {
    again.definePolicy({ allowOrigins: `${app}/` });
  } catch (error) {
    expect(isPolicyError(error)).toBe(true);
  }
});
