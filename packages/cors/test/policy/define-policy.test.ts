import { describe, expect, it } from "vitest";
import {
  checkPolicy,
  decide,
  definePolicy,
  isPolicyError,
  type PolicyInput,
  type PresetName,
  presets,
} from "../../src/index.ts";

const full: PolicyInput = {
  allowOrigins: ["https://a.com", "https://*.b.com", "http://localhost:*", "https://a.com"],
  allowCredentials: true,
  allowMethods: ["put", "PATCH", "put"],
  allowHeaders: ["X-A", "x-a", "Content-Type"],
  exposeHeaders: ["X-B", "content-type"],
  maxAge: 60,
};

describe("a policy", () => {
  it("S92: reads back in canonical form, and building from that gives the same policy", () => {
    const policy = definePolicy(full);
    const readBack = JSON.parse(JSON.stringify(policy));
    expect(readBack).toEqual({
      allowOrigins: ["https://a.com", "https://*.b.com", "http://localhost:*"],
      allowCredentials: true,
      allowMethods: ["PUT", "PATCH"],
      allowHeaders: ["x-a", "content-type"],
      exposeHeaders: ["x-b"],
      maxAge: 60,
      crossOriginProtection: false,
      preflightStatus: 204,
    });
    expect(JSON.stringify(definePolicy(readBack))).toBe(JSON.stringify(policy));
    expect(JSON.stringify(definePolicy(policy))).toBe(JSON.stringify(policy));
  });

  it("S93: a function in it is marked as such in JSON, and JSON with that mark is refused by name", () => {
    const policy = definePolicy({ originLookup: { find: () => true, timeoutMs: 5 } });
    const readBack = JSON.parse(JSON.stringify(policy));
    expect(readBack.originLookup).toEqual({ find: "[function]", timeoutMs: 5 });
    expect(checkPolicy(readBack).map((finding) => finding.path)).toContain("originLookup");
    expect(definePolicy(policy).originLookup?.timeoutMs).toBe(5);
  });

  it("S94: changing the caller's object afterwards changes nothing", () => {
    const input = { allowOrigins: ["https://a.com"], allowMethods: ["PUT"], dangerously: { allowNullOrigin: false } };
    const policy = definePolicy(input);
    input.allowOrigins.push("https://evil.com");
    input.allowMethods.length = 0;
    input.dangerously.allowNullOrigin = true;
    for (const origin of ["https://evil.com", "null"])
      expect(decide(policy, { method: "GET", origin }).reason).toBe("origin-refused");
    expect(policy.allowMethods).toEqual(["PUT"]);
  });

  it("S83: nothing of it can be changed by code that is handed it", () => {
    const policy = definePolicy(full);
    expect(() => (policy.allowOrigins as string[]).push("https://evil.com")).toThrow(TypeError);
    expect(() => Object.assign(policy, { allowCredentials: false })).toThrow(TypeError);
    expect(
      Object.isFrozen(policy.allowMethods) &&
        Object.isFrozen(policy.allowHeaders) &&
        Object.isFrozen(policy.exposeHeaders),
    ).toBe(true);
  });

  it("throws an error that can be known without instanceof", () => {
    try {
      definePolicy({});
      expect.unreachable();
    } catch (error) {
      expect(isPolicyError(error)).toBe(true);
      expect(isPolicyError(new Error("x"))).toBe(false);
    }
  });

  it("a warning does not stop it", () => {
    expect(definePolicy({ allowOrigins: "https://a.com", allowMethods: ["patch"] }).allowMethods).toEqual(["patch"]);
  });
});

describe("presets", () => {
  const names = Object.keys(presets) as PresetName[];

  it.each(names)("%s is an ordinary policy once what it needs is given", (preset) => {
    const given = presets[preset].needs.includes("allowOrigins") ? { allowOrigins: ["https://app.example.com"] } : {};
    expect(checkPolicy({ preset, ...given })).toEqual([]);
    expect(JSON.stringify(definePolicy({ preset, ...given }))).toBe(
      JSON.stringify(definePolicy({ ...presets[preset].policy, ...given })),
    );
    expect(presets[preset].trades.length).toBeGreaterThan(0);
  });

  it.each(names.filter((name) => presets[name].needs.length > 0))(
    "%s says what it needs where that is missing",
    (preset) => {
      expect(checkPolicy({ preset }).map((finding) => finding.code)).toEqual(["origins-missing"]);
    },
  );

  it("a key beside the preset replaces the preset's, and an undefined one does not", () => {
    const policy = definePolicy({ preset: "public-api", maxAge: 5, ...({ allowMethods: undefined } as object) });
    expect(policy.maxAge).toBe(5);
    expect(policy.allowMethods).toEqual(["PUT", "PATCH", "DELETE"]);
  });

  it("development is never an open wildcard with credentials", () => {
    const policy = definePolicy({ preset: "development" });
    expect(policy.allowOrigins).not.toContain("*");
    const reasonFor = (origin: string) => decide(policy, { method: "GET", origin }).reason;
    for (const origin of ["http://localhost:5173", "http://127.0.0.1:8080", "http://[::1]:3000", "https://localhost"]) {
      expect(reasonFor(origin)).toBe("allowed");
    }
    for (const origin of ["https://evil.com", "http://192.168.0.2:3000", "null", "http://localhost.evil.com"]) {
      expect(reasonFor(origin)).toBe("origin-refused");
    }
  });

  it("mobile-backend covers the schemes of web views, without credentials", () => {
    const policy = definePolicy({ preset: "mobile-backend" });
    expect(policy.allowCredentials).toBe(false);
    for (const origin of [
      "capacitor://localhost",
      "ionic://localhost",
      "https://localhost",
      "http://localhost",
      "tauri://localhost",
    ]) {
      expect(decide(policy, { method: "GET", origin }).reason).toBe("allowed");
    }
  });
});
