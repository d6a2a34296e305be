import { createColors } from "picocolors";
import { describe, expect, test } from "vitest";
import { formatLogEntry } from "../../src/serve/log.ts";

const plain = createColors(false);
const decision = {
  method: "GET",
  path: "/orders",
  origin: "https://app.example.com",
  reason: "allowed",
  preflight: false,
  status: 200,
  durationMs: 3.2,
  route: "/",
  msg: "Cross-origin request allowed.",
};

describe("an entry of the log, for people", () => {
  test.each([
    ["an allowed request", decision, "GET /orders from https://app.example.com: allowed, 200 3.2 ms"],
    [
      "a refused request says what to do",
      {
        ...decision,
        reason: "origin-refused",
        detail: "origin",
        msg: "Pages on this origin may not read the response.",
      },
      "GET /orders from https://app.example.com: origin-refused, 200 3.2 ms\n    Pages on this origin may not read the response.",
    ],
    [
      "a refused preflight names what was refused",
      {
        ...decision,
        method: "OPTIONS",
        preflight: true,
        reason: "headers-refused",
        detail: "x-a, x-b",
        status: 204,
        msg: "Not these.",
      },
      "preflight OPTIONS /orders from https://app.example.com: headers-refused (x-a, x-b), 204 3.2 ms\n    Not these.",
    ],
    [
      "an answer that broke off",
      { ...decision, aborted: true },
      "GET /orders from https://app.example.com: allowed, 200 aborted 3.2 ms",
    ],
    ["with several workers", { worker: 2, msg: "Hello." }, "[worker 2] Hello."],
    [
      "what was left out",
      { origin: "https://a.example", suppressed: 40, msg: "More were refused." },
      "More were refused. (https://a.example: 40)",
    ],
    [
      "a failure of the upstream",
      { code: "upstream-unreachable", cause: "ECONNREFUSED", msg: "It is gone." },
      "It is gone. (ECONNREFUSED)",
    ],
    ["anything else", { event: "stopped", msg: "Stopped." }, "Stopped."],
  ])("%s", (_, entry, expected) => {
    expect(formatLogEntry(entry, plain)).toBe(expected);
  });
});
