import { expect, test } from "vitest";
import { targetOf } from "../../src/audit/target.ts";

test.each([
  ["http://127.0.0.1:8080/", true, false],
  ["http://localhost/", true, false],
  ["http://10.0.0.7/", false, true],
  ["http://printer.local/", false, true],
  ["http://localhost.evil.example/", false, false],
  ["http://127.evil.example/", false, false],
  ["http://10.evil.example/", false, false],
])("%s is on this machine: %s, on a private network: %s", (url, isLoopback, isPrivate) => {
  expect(targetOf(url)).toMatchObject({ isLoopback, isPrivate });
});
