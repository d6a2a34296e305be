import { expect, test } from "vitest";
import { cors } from "../../../src/adapters/fetch.ts";
import {
  assertAllowsCrossOrigin,
  assertRefusesCrossOrigin,
  corsFetch,
  installFetch,
} from "../../../src/testing/index.ts";

const app = "https://app.example.com";
const policy = { allowOrigins: [app], allowCredentials: true, allowMethods: ["PUT"], allowHeaders: ["x-a"] };
const url = "https://api.example.com/orders";

/** What has to work whatever a simulated document has put in the place of the platform's classes. */
export function testTheKit(isThere: () => void): void {
  test("the document is there", isThere);

  test("a handler made of the classes at hand sees a preflight and its request", async () => {
    const seen: string[] = [];
    const handler = cors(policy)(async (request) => {
      const { method, headers } = request;
      seen.push(`${method} ${headers.get("origin")} ${headers.get("x-a")} ${await request.text()}`);
      return new Response("made", { status: 201 });
    });
    const fetch = corsFetch({ origin: app, server: handler });
    const response = await fetch(url, { method: "PUT", headers: { "X-A": "1" }, body: "tea", credentials: "include" });
    expect([response.status, await response.text()]).toEqual([201, "made"]);
    expect(seen).toEqual([`PUT ${app} 1 tea`]);
    await assertRefusesCrossOrigin(handler, { origin: "https://evil.example" });
  });

  test("the global fetch can be replaced, and a Request of the classes at hand handed to it", async () => {
    const installed = installFetch({ origin: app, server: policy });
    const response = await globalThis.fetch(new Request(url, { method: "PUT", headers: new Headers({ "X-A": "1" }) }));
    installed.restore();
    expect([response.type, response.status]).toEqual(["cors", 200]);
  });

  test("a policy is judged", async () => {
    await assertAllowsCrossOrigin(policy, { origin: app, method: "PUT", headers: ["x-a"], credentials: true });
    await assertRefusesCrossOrigin(policy, { origin: app, method: "DELETE" });
  });
}
