// The matchers under the types of Jest's globals.

import "@corsmith/cors/testing/jest";
import { corsMatchers } from "@corsmith/cors/testing";

expect.extend(corsMatchers);

test("awaited, with a request", async () => {
  const done: Promise<void> = expect({}).toAllowCrossOrigin({ origin: "https://app.example.com" });
  await done;
  await expect({}).not.toAllowCrossOrigin({ origin: "null", method: "PUT", headers: ["x-a"], expose: ["x-b"] });
  // @ts-expect-error an expectation has an origin
  await expect({}).toAllowCrossOrigin({ method: "PUT" });
});
