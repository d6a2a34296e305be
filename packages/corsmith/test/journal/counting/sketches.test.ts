import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { engineFamily } from "../../../src/journal/counting/engine-family.ts";
import { DistinctSketch, distinctMark, FrequencySketch, hashText } from "../../../src/journal/counting/sketches.ts";

describe("how many different texts there were", () => {
  test.each([0, 1, 10, 100, 1_000, 10_000, 100_000, 1_000_000])("%i, within 5 %%", (many) => {
    const sketch = new DistinctSketch();
    for (let text = 0; text < many; text += 1) sketch.mark(distinctMark(`https://${text}.example`));
    expect(Math.abs(sketch.estimate() - many)).toBeLessThanOrEqual(many * 0.05);
  });

  test("does not depend on how often and in which order they came, nor on who saw which", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.boolean())), (texts) => {
        const [whole, one, other] = [new DistinctSketch(), new DistinctSketch(), new DistinctSketch()];
        for (const [text, first] of texts) {
          whole.mark(distinctMark(text));
          (first ? one : other).mark(distinctMark(text));
        }
        const joined = DistinctSketch.fromText(other.toText());
        joined.join(one);
        joined.join(other);
        expect(joined.toText()).toBe(whole.toText());
      }),
    );
  });

  test("is nothing for text that is no sketch", () => {
    expect(DistinctSketch.fromText("no sketch").estimate()).toBe(0);
  });
});

describe("how often a text was seen", () => {
  test("is never told too low", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom("a", "b", "c", "d", "e"), fc.integer({ min: 1, max: 9 }))),
        (seen) => {
          // So narrow that texts meet.
          const sketch = new FrequencySketch(2);
          const truth = new Map<string, number>();
          for (const [text, times] of seen) {
            truth.set(text, (truth.get(text) ?? 0) + times);
            expect(sketch.add(hashText(text, 1), times)).toBeGreaterThanOrEqual(truth.get(text) ?? 0);
          }
        },
      ),
    );
  });

  test("is seldom told too high by more than the noise", () => {
    const sketch = new FrequencySketch(12);
    let tooHigh = 0;
    for (let text = 0; text < 100_000; text += 1)
      if (sketch.add(hashText(String(text), 7), 1) > 1 + 2 * sketch.noise) tooHigh += 1;
    expect(tooHigh).toBeLessThan(1_000);
  });

  test("counts half when it is halved", () => {
    const sketch = new FrequencySketch(8);
    for (let time = 0; time < 100; time += 1) sketch.add(hashText("a", 1), 1);
    sketch.halve();
    expect(sketch.add(hashText("a", 1), 1)).toBe(51);
    expect(sketch.noise).toBeCloseTo(51 / 256);
  });
});

describe("the engine behind a user agent", () => {
  test.each([
    [
      "chromium",
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    ],
    [
      "chromium",
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
    ],
    [
      "chromium",
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36",
    ],
    ["firefox", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"],
    [
      "webkit",
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
    ],
    [
      "webkit",
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1",
    ],
    [
      "webkit",
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/140.0 Mobile/15E148 Safari/605.1.15",
    ],
    ["other", "curl/8.5.0"],
    ["other", "x".repeat(10_000)],
    ["none", ""],
    ["none", undefined],
  ])("is %s for %j", (family, userAgent) => {
    expect([engineFamily(userAgent), engineFamily(userAgent)]).toEqual([family, family]);
  });

  test("is remembered of a bounded number", () => {
    for (let version = 0; version < 5_000; version += 1) expect(engineFamily(`Firefox/${version}`)).toBe("firefox");
  });
});
