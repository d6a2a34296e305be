import type { Sample } from "corsmith/api";
import { expect, test } from "vitest";
import { replaySample } from "../../src/requests/sample-trace.ts";

const sample: Sample = {
  id: "1",
  time: 0,
  route: "/",
  kind: "actual",
  reason: "allowed",
  blocked: false,
  origin: "https://app.example.com",
  method: "GET",
  requestMethod: "GET",
  path: "/orders",
  host: "api.example.com",
  requestedHeaders: [],
  headerNames: ["host", "origin"],
  credentials: false,
  fetchMode: "cors",
  fetchSite: "cross-site",
  engine: "chromium",
  refused: [],
  status: 200,
  answer: [["access-control-allow-origin", "https://app.example.com"]],
  answeredAtOnce: false,
  headerless: false,
  aborted: false,
  durationMs: 1,
};

test.each([
  ["api.example.com", "https"],
  ["localhost:8080", "http"],
  ["127.0.0.1:8080", "http"],
  ["[::1]:8080", "http"],
  ["localhost.evil.example", "https"],
  ["127.evil.example", "https"],
  ["10.evil.example", "https"],
])("a secure page's request to %s is replayed over %s", async (host, scheme) => {
  const replayed = await replaySample({ ...sample, host }, { load: 0 });
  expect(replayed?.url).toBe(`${scheme}://${host}/orders`);
});

test("where there is no policy, nothing stands in for the other half of a request", async () => {
  const answer = [...sample.answer, ["access-control-allow-methods", "PUT"]] as Sample["answer"];
  const asked = { kind: "preflight", method: "PUT", requestMethod: "OPTIONS", status: 204 } as const;
  const preflight: Sample = { ...sample, ...asked, answer };
  const replayed = await replaySample(preflight, { load: 1, policy: false });
  expect(replayed).toMatchObject({ supplemented: true, trace: { outcome: "error" } });
});

test("what the gateway answered is what the browser judges", async () => {
  const allowed = await replaySample(sample, { load: 0 });
  expect(allowed?.trace.outcome).toBe("ok");
  const refused = await replaySample({ ...sample, answer: [] }, { load: 0 });
  expect(refused?.trace).toMatchObject({ outcome: "error", code: "missing-allow-origin" });
});
