import { describe, expect, test } from "vitest";
import { loadConfiguration } from "../../src/config/load-configuration.ts";
import { policySetData } from "../../src/config/policy-set.ts";
import { receivePolicies, sendPolicies } from "../../src/serve/workers/sent-policies.ts";
import { ConfigFolder } from "../config/support/config-folder.ts";

describe("policies as a worker gets them", () => {
  test.each([
    ["a policy", "policy: { allowOrigins: [https://a.example], upstreamExposeHeaders: merge }\n"],
    ["none for a route", "policy: { allowOrigins: '*' }\nroutes:\n  - { path: /auth, policy: false }\n"],
    [
      "none but for a route",
      "policy: false\nroutes:\n  - { path: /x, policy: { allowOrigins: https://a.example, crossOriginProtection: true } }\n",
    ],
  ])("are those that were sent: %s", (_what, text) => {
    using folder = new ConfigFolder({ "corsmith.config.yaml": text });
    const request = { folder: folder.path, environment: {}, flags: {} };
    const { configuration } = loadConfiguration(request);
    if (configuration?.policies === undefined) throw new Error("The configuration has mistakes.");
    const sent = structuredClone(sendPolicies(configuration.policies, 1, request));
    expect(sent).not.toHaveProperty("reload");
    const received = receivePolicies(sent);
    expect(policySetData(received)).toEqual(policySetData(configuration.policies));
    expect(received.table.closed.crossOriginProtection).toBe(text.includes("crossOriginProtection"));
  });
});
