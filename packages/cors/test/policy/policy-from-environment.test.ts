import { describe, expect, it } from "vitest";
import { definePolicy, environmentVariables, policyFromEnvironment, policyKeys } from "../../src/index.ts";

describe("a policy from environment variables", () => {
  it("reads every variable of the contract", () => {
    const { input, findings } = policyFromEnvironment({
      CORS_PRESET: "single-page-app",
      CORS_ALLOW_ORIGINS: "https://a.com, https://*.b.com,",
      CORS_ALLOW_CREDENTIALS: "true",
      CORS_ALLOW_METHODS: "PUT,DELETE",
      CORS_ALLOW_HEADERS: "content-type , x-a",
      CORS_EXPOSE_HEADERS: "x-b",
      CORS_MAX_AGE: "600",
      CORS_CROSS_ORIGIN_PROTECTION: "false",
      PATH: "/bin",
    });
    expect(findings).toEqual([]);
    expect(input).toEqual({
      preset: "single-page-app",
      allowOrigins: ["https://a.com", "https://*.b.com"],
      allowCredentials: true,
      allowMethods: ["PUT", "DELETE"],
      allowHeaders: ["content-type", "x-a"],
      exposeHeaders: ["x-b"],
      maxAge: 600,
      crossOriginProtection: false,
    });
    expect(definePolicy(input).maxAge).toBe(600);
  });

  it("has a variable for every key but those that only code or care can fill", () => {
    expect(policyKeys.filter((key) => environmentVariables[key] === undefined)).toEqual([
      "preflightStatus",
      "originLookup",
      "dangerously",
    ]);
  });

  it.each([
    ["CORS_ALLOW_CREDENTIALS", "yes", "true"],
    ["CORS_ALLOW_CREDENTIALS", "", "false"],
    ["CORS_MAX_AGE", "10m", "10"],
    ["CORS_MAX_AGE", "-1", /\d/],
    ["CORS_MAX_AGE", "1e3", /\d/],
    ["CORS_ALLOW_ORIGINS", "", /Name at least one/],
    ["CORS_ALLOW_ORIGINS", " , ", /Name at least one/],
    ["CORS_ALLOW_ORIGINS", '["https://a.com","https://b.com"]', "https://a.com,https://b.com"],
    ["CORS_PRESET", "spa", /One of/],
    ["CORS_PRESET", "public", "public-api"],
  ])("%s=%j is refused by its name", (name, text, fix) => {
    const { input, findings } = policyFromEnvironment({ [name]: text });
    expect(input).toEqual({});
    expect(findings).toMatchObject([{ code: "variable-invalid", severity: "error", path: name, value: text }]);
    expect(findings[0]?.message).toContain(name);
    if (typeof fix === "string") expect(findings[0]?.fix).toBe(fix);
    else expect(findings[0]?.fix).toMatch(fix);
  });

  it("a name that is not known is a warning with the nearest one, since it may be another program's", () => {
    const { findings } = policyFromEnvironment({ CORS_ORIGINS: "https://a.com" });
    expect(findings).toMatchObject([{ severity: "warning", path: "CORS_ORIGINS", fix: "CORS_ALLOW_ORIGINS" }]);
  });

  it("an origin in it is checked as strictly as one in a file", () => {
    const { input } = policyFromEnvironment({ CORS_ALLOW_ORIGINS: "https://a.com/,https://b.com" });
    expect(() => definePolicy(input)).toThrow("https://a.com");
  });
});
