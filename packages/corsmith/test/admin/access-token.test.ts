import { describe, expect, test } from "vitest";
import { WrongTokens } from "../../src/admin/access-token.ts";

/** Counts so many wrong ones of an address, each as soon as it may. @returns how many were looked at */
function guess(wrong: WrongTokens, address: string, times: number, now: number): number {
  let looked = 0;
  for (let time = 0; time < times; time += 1) {
    if (wrong.waitMs(address, now) > 0) continue;
    wrong.count(address, now);
    looked += 1;
  }
  return looked;
}

describe("of one address", () => {
  test("twenty are looked at at once, then one each six seconds, and after two minutes twenty again", () => {
    const wrong = new WrongTokens();
    expect(guess(wrong, "192.0.2.1", 100, 1_000)).toBe(20);
    expect(wrong.waitMs("192.0.2.1", 1_000)).toBe(6_000);
    expect(guess(wrong, "192.0.2.1", 100, 6_999)).toBe(0);
    expect(guess(wrong, "192.0.2.1", 100, 7_000)).toBe(1);
    expect(guess(wrong, "192.0.2.1", 100, 1_000_000)).toBe(20);
  });

  test("what is asked meanwhile does not make it longer", () => {
    const wrong = new WrongTokens();
    guess(wrong, "192.0.2.1", 1_000, 0);
    expect(wrong.waitMs("192.0.2.1", 5_000)).toBe(1_000);
  });
});

test.each([
  ["the same IPv4 address, written as an IPv6 one", "192.0.2.1", "::ffff:192.0.2.1", true],
  ["another IPv4 address", "192.0.2.1", "192.0.2.2", false],
  ["another address of the same /64", "2001:db8:1:2::1", "2001:DB8:1:2:ffff:ffff:ffff:ffff", true],
  ["another address of the same /64, written out", "2001:db8::5", "2001:db8:0:0:1:2:3:4", true],
  ["another /64", "2001:db8:1:2::1", "2001:db8:1:3::1", false],
  ["the same address with a zone", "fe80::1", "fe80::1%eth0", true],
  ["this machine, and the network", "::1", "2001:db8::1", false],
])("%s is the same client: %s, %s: %s", (_, first, second, same) => {
  const wrong = new WrongTokens();
  guess(wrong, first, 20, 0);
  expect(wrong.waitMs(second, 0) > 0).toBe(same);
});

describe("of many addresses", () => {
  const address = (place: number): string => `10.${place >> 16}.${(place >> 8) & 255}.${place & 255}`;

  test("together two hundred are looked at, then three a second; who has the token is not held up", () => {
    const wrong = new WrongTokens();
    wrong.right("192.0.2.1");
    let looked = 0;
    for (let place = 0; place < 1_000; place += 1) looked += guess(wrong, address(place), 1, 0);
    expect(looked).toBe(200);
    expect(wrong.waitMs("192.0.2.2", 0)).toBe(300);
    expect(wrong.waitMs("192.0.2.1", 0)).toBe(0);
    expect(guess(wrong, "192.0.2.1", 100, 0), "and is bounded like everybody").toBe(20);
  });

  test("however many come, and however long, what is kept of them is bounded", () => {
    const wrong = new WrongTokens();
    let most = 0;
    let looked = 0;
    for (let place = 0; place < 50_000; place += 1) {
      looked += guess(wrong, address(place), 1, place * 20);
      most = Math.max(most, wrong.size);
    }
    // A thousand seconds.
    expect(looked).toBeLessThan(200 + 3_400);
    expect(looked).toBeGreaterThan(3_000);
    expect(most).toBeLessThanOrEqual(1_024);
  });
});
