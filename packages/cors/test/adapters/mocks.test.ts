import { cors } from "@corsmith/cors/node";
import { describe, expect, test } from "vitest";

const app = "https://app.example.com";
const stranger = "https://evil.example";

/** A response as people write it for a test: what is set, and nothing of Node's. */
function mockResponse() {
  const headers = new Map<string, unknown>();
  return {
    headers,
    statusCode: 200,
    headersSent: false,
    setHeader: (name: string, value: unknown) => headers.set(name.toLowerCase(), value),
    getHeader: (name: string): string | undefined => {
      const value = headers.get(name.toLowerCase());
      return value === undefined ? undefined : String(value);
    },
    removeHeader: (name: string) => void headers.delete(name.toLowerCase()),
    writeHead: () => {},
    end: () => {},
  };
}

describe("a mock", () => {
  test.each([
    ["an allowed page", { origin: app }, { status: 200, runs: 1, allowed: app }],
    ["a refused page", { origin: stranger }, { status: 403, runs: 0, allowed: undefined }],
    ["no browser", {}, { status: 200, runs: 1, allowed: undefined }],
  ])("has the headers as soon as the middleware is done: %s", (_, headers, expected) => {
    const response = mockResponse();
    let runs = 0;
    const guard = cors({ allowOrigins: [app], crossOriginProtection: true });
    guard({ method: "POST", url: "/", headers }, response, () => {
      runs += 1;
    });
    const allowed = response.getHeader("access-control-allow-origin");
    expect({ status: response.statusCode, runs, allowed }).toEqual(expected);
    expect(response.getHeader("vary")).toBe("Origin");
  });

  test("is told of a header of the application's own once, and of the policy's never", () => {
    const conflicts: string[] = [];
    const guard = cors({ allowOrigins: [app] }, { onConflict: (_, value) => conflicts.push(value) });
    const response = mockResponse();
    response.setHeader("Access-Control-Allow-Origin", stranger);
    guard({ method: "GET", headers: { origin: app } }, response, () => response.writeHead());
    expect(conflicts).toEqual([stranger]);
    expect(response.getHeader("access-control-allow-origin")).toBe(app);
  });

  test("has the headers of the inner policy where two are registered", () => {
    const told: string[] = [];
    const reports = { onStacked: () => told.push("stacked"), onConflict: (name: string) => told.push(name) };
    const response = mockResponse();
    const request = { method: "GET", headers: { origin: app } };
    cors({ allowOrigins: "*" }, reports)(request, response, () =>
      cors({ allowOrigins: [app] }, reports)(request, response, () => {}),
    );
    expect(response.getHeader("access-control-allow-origin")).toBe(app);
    expect(told).toEqual(["stacked"]);
  });
});
