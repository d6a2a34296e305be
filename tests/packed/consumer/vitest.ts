// The matchers under the types of Vitest.

import "@corsmith/cors/testing/vitest";
import { corsMatchers } from "@corsmith/cors/testing";
import { expect, test } from "vitest";

expect.extend(corsMatchers);

test("awaited, with a request", async () => {
  const done: Promise<void> = expect({}).toAllowCrossOrigin({ origin: "https://app.example.com" });
  await done;
  await expect({}).not.toAllowCrossOrigin({ origin: "null", method: "PUT", headers: ["x-a"], expose: ["x-b"] });
  // @ts-expect-error an expectation has an origin
  await expect({}).toAllowCrossOrigin({ method: "PUT" });
});
