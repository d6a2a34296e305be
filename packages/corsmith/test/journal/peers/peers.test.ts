import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Peers, withOwn } from "../../../src/journal/peers/peers.ts";

let peers: Peers;
const announce = vi.fn<() => Promise<void>>();
const read = vi.fn<() => Promise<undefined>>();
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  announce.mockReset().mockResolvedValue();
  read.mockReset().mockResolvedValue(undefined);
  peers = new Peers({ announce, read });
});
afterEach(() => {
  peers.close();
  vi.useRealTimers();
});

const calls = () => [announce.mock.calls.length, read.mock.calls.length];

test("a program that joins announces itself at once, and every ten seconds", async () => {
  peers.join();
  expect(calls()).toEqual([1, 0]);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(calls()).toEqual([1, 0]);
  await vi.advanceTimersByTimeAsync(11_000);
  expect(calls()).toEqual([3, 0]);
});

test("what has changed is announced at the next tick", async () => {
  peers.join();
  await vi.advanceTimersByTimeAsync(1_000);
  peers.announce();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(calls()).toEqual([2, 0]);
});

test("the others are read once a second, while somebody watches", async () => {
  let isWanted = true;
  peers.watch({ isWanted: () => isWanted, receive: () => {} });
  peers.join();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(calls()).toEqual([1, 4]);
  isWanted = false;
  await vi.advanceTimersByTimeAsync(3_000);
  expect(calls()).toEqual([1, 4]);
});

test("a database that failed is left alone for three seconds, and then announced to again", async () => {
  announce.mockRejectedValueOnce(new Error("It is away."));
  peers.join();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(calls()).toEqual([1, 0]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(calls()).toEqual([2, 0]);
});

test("a database that hangs is asked nothing else meanwhile", async () => {
  announce.mockReturnValue(new Promise(() => {}));
  peers.watch({ isWanted: () => true, receive: () => {} });
  peers.join();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(calls()).toEqual([1, 0]);
});

test("this program is listed first, whatever the database knows of it", () => {
  const other = { name: "b:80", own: false, running: true, lastSeen: 1, policy: null };
  expect(withOwn([{ ...other, name: "a:80", own: true, running: false }, other], "a:80", "p")).toMatchObject([
    { name: "a:80", own: true, running: true, policy: "p" },
    { name: "b:80", own: false },
  ]);
});
