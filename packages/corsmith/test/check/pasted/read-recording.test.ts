import { hidden } from "@corsmith/cors/browser";
import { describe, expect, test } from "vitest";
import { readRecording } from "../../../src/check/pasted/read-recording.ts";

interface Recorded {
  readonly method?: string;
  readonly url: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly status: number;
}

function har(...entries: readonly Recorded[]): string {
  const pairs = (headers: readonly (readonly [string, string])[]) => headers.map(([name, value]) => ({ name, value }));
  return JSON.stringify({
    log: {
      entries: entries.map(({ method = "GET", url, headers = [], status }) => ({
        request: {
          method,
          url,
          headers: pairs([["Origin", "https://app.acme.io"], ["Sec-Fetch-Mode", "cors"], ...headers]),
        },
        response: { status, headers: [] },
      })),
    },
  });
}

const fine: Recorded = { url: "https://api.acme.io/fine", status: 200 };
const blocked: Recorded = {
  method: "PUT",
  url: "https://api.acme.io/orders",
  headers: [["Authorization", "Bearer abc"]],
  status: 0,
};

describe("a request of a recording", () => {
  test("is the first that got no answer, without its secrets", () => {
    const { page, list } = readRecording(har(fine, blocked), undefined);
    expect(page).toMatchObject({ method: "PUT", url: "https://api.acme.io/orders", origin: "https://app.acme.io" });
    expect(page.headers).toEqual([["Authorization", `Bearer ${hidden}`]]);
    expect(list).toEqual(["0  GET https://api.acme.io/fine  200", "1  PUT https://api.acme.io/orders  no response"]);
  });

  test("is the one that was chosen", () => {
    expect(readRecording(har(fine, blocked), 0).page.url).toBe("https://api.acme.io/fine");
  });

  test("is the first if none was blocked", () => {
    expect(readRecording(har(fine), undefined).page.url).toBe("https://api.acme.io/fine");
  });

  test.for([
    ["one that is not there", har(fine), 7, "CORS does not apply to entry 7"],
    ["a recording without requests to other origins", har(), undefined, "No request in this recording"],
    ["a file that is none", "{}", undefined, "log"],
  ] as const)("refused: %s", ([, text, entry, message]) => {
    expect(() => readRecording(text, entry)).toThrow(message);
  });
});
