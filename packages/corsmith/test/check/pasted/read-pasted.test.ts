import { spawnSync } from "node:child_process";
import { hidden } from "@corsmith/cors/browser";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PasteError } from "../../../src/check/pasted/pasted-request.ts";
import { isPasted, readCurlWords, readPasted, shellWords } from "../../../src/check/pasted/read-pasted.ts";
import { shellQuoted } from "../../../src/live/curl-line.ts";

/** What bash itself makes of a command's words. */
function bashWords(words: string): readonly string[] {
  const { stdout } = spawnSync("bash", ["-c", `printf '%s\\0' ${words}`], { encoding: "utf8" });
  return stdout.split("\0").slice(0, -1);
}

describe("a curl command is split as bash splits it", () => {
  test.for([
    ["plain words", "a b  c"],
    ["single quotes", "'a b' 'it'\\''s'"],
    ["double quotes", '"a \\"b\\" \\\\ \\n"'],
    ["lines that go on", "a \\\n  'b' \\\n c"],
    ["ANSI quotes", "$'a\\'b\\n\\t\\x41\\u00e9\\101'"],
    ["pieces in one word", "a'b'\"c\"$'d'"],
    ["an empty word", "'' a"],
  ] as const)("%s", ([, words]) => {
    expect(shellWords(words)).toEqual(bashWords(words));
  });

  test("and refused where a quote is never closed", () => {
    expect(() => shellWords("curl 'https://a")).toThrow(PasteError);
  });

  test("a quoted word is one word again, whatever is in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary-ascii" }), (word) => {
        const written = word.replaceAll("\0", "");
        expect(shellWords(shellQuoted(written))).toEqual([written]);
      }),
    );
  });

  test("and for bash itself", () => {
    const words = ["it's", "a\nb", "$HOME `id` $(id)", 'q"q', "\\", "!x", "\u001b[31m", "-H"];
    expect(bashWords(words.map(shellQuoted).join(" "))).toEqual(words);
  });
});

describe("what a browser copied as cURL", () => {
  test("is the request that the page made, without what the browser added", () => {
    const read = readPasted(`curl 'https://api.acme.io/orders?x=1' \\
      -H 'accept: application/json' -H 'accept-language: de' -H 'authorization: Bearer abc' \\
      -H 'cache-control: no-cache' -H 'content-type: application/json' -b 'sid=1; x=2' \\
      -H 'origin: https://app.acme.io' -H 'pragma: no-cache' -H 'referer: https://app.acme.io/' \\
      -H 'sec-fetch-mode: cors' -H 'user-agent: Mozilla/5.0' --data-raw $'{"a":"it\\'s"}' --compressed --insecure`);
    expect(read).toEqual({
      url: "https://api.acme.io/orders?x=1",
      method: "POST",
      origin: "https://app.acme.io",
      headers: [
        ["accept", "application/json"],
        ["authorization", "Bearer abc"],
        ["content-type", "application/json"],
      ],
      cookies: "sid=1; x=2",
      credentials: true,
      body: `{"a":"it's"}`,
      insecure: true,
      notes: [],
    });
  });

  test("of a preflight is the request that the preflight is for", () => {
    const read = readPasted(
      "curl 'https://api.acme.io/a' -X 'OPTIONS' -H 'Access-Control-Request-Method: PUT' -H 'Access-Control-Request-Headers: x-a,authorization' -H 'Origin: https://app.acme.io'",
    );
    expect(read).toMatchObject({
      method: "PUT",
      headers: [
        ["x-a", hidden],
        ["authorization", hidden],
      ],
      credentials: false,
    });
  });

  test.for([
    ["-XPUT and joined letters", ["-sSkXPUT", "https://a.example/"], { method: "PUT", insecure: true }],
    [
      "-d, as a form",
      ["https://a.example/", "-d", "a=1", "-d", "b=2"],
      { method: "POST", body: "a=1&b=2", headers: [["content-type", "application/x-www-form-urlencoded"]] },
    ],
    [
      "-d with a type of its own behind it",
      ["https://a.example/", "-d", "{}", "-H", "Content-Type: application/json"],
      { headers: [["Content-Type", "application/json"]] },
    ],
    ["-G", ["-G", "https://a.example/?x=1", "-d", "a=1"], { url: "https://a.example/?x=1&a=1", headers: [] }],
    ["-I", ["-I", "https://a.example/"], { method: "HEAD" }],
    ["-u", ["-u", "me:pw", "https://a.example/"], { headers: [["authorization", "Basic bWU6cHc="]] }],
    ["a caret in the body", ["https://a.example/", "-d", 'a^"b'], { body: 'a^"b' }],
    ["no scheme", ["a.example/x"], { url: "http://a.example/x" }],
    [
      "values of other options",
      ["-o", "out.txt", "--max-time", "3", "https://a.example/"],
      { url: "https://a.example/" },
    ],
    ["a pipe behind it", ["https://a.example/", "|", "jq", "."], { url: "https://a.example/" }],
    [
      "the origin from Referer",
      ["https://a.example/", "-e", "https://page.example/x"],
      { origin: "https://page.example" },
    ],
  ] as const)("with %s", ([, words, expected]) => {
    expect(readCurlWords(words)).toMatchObject(expected);
  });

  test("without a URL is refused", () => {
    expect(() => readCurlWords(["-H", "a: b"])).toThrow("names no URL");
  });
});

describe("what a browser copied as fetch", () => {
  test.for([
    [
      "by Chromium",
      `fetch("https://api.acme.io/a", {\n"headers": {"accept": "*/*", "authorization": "Bearer x", "sec-ch-ua": "y"},\n"referrer": "https://app.acme.io/","body": "{\\"a\\":1}","method": "POST","mode": "cors","credentials": "include"});`,
      {
        url: "https://api.acme.io/a",
        method: "POST",
        origin: "https://app.acme.io",
        credentials: true,
        body: '{"a":1}',
        headers: [
          ["accept", "*/*"],
          ["authorization", "Bearer x"],
        ],
      },
    ],
    [
      "by Firefox",
      'await fetch("https://api.acme.io/a", {"credentials": "omit", "headers": {"User-Agent": "x", "X-A": "1"}, "method": "GET", "mode": "cors"});',
      { credentials: false, headers: [["X-A", "1"]], method: "GET" },
    ],
    [
      "or as it stands in a program",
      "const token = get();\nconst r = await window.fetch(`https://api.acme.io/a`, { method: 'PUT', headers: new Headers({ Authorization: token }), body: JSON.stringify({ a: [1] }) });",
      { method: "PUT", headers: [["Authorization", hidden]], body: '{"a":[1]}' },
    ],
    [
      "with headers as pairs",
      'fetch("https://a.example/", { headers: [["x-a", "1"]], mode: "no-cors" })',
      { headers: [["x-a", "1"]], mode: "no-cors" },
    ],
  ] as const)("%s", ([, code, expected]) => {
    expect(readPasted(code)).toMatchObject(expected);
  });

  test("is never run", () => {
    const code =
      'fetch("https://a.example/", { method: (globalThis.pwned = true, "PUT"), headers: { __proto__: { x: "1" }, "x-a": "1" } })';
    const read = readPasted(code);
    expect(read).toMatchObject({
      headers: [["x-a", "1"]],
      notes: ["What is not a literal in this fetch() is not known and was ignored."],
    });
    expect(read.method).toBeUndefined();
    expect(globalThis).not.toHaveProperty("pwned");
  });

  test.for([
    [
      "a curl line of the Windows command prompt",
      'curl ^"https://a.example/^" ^\n  -H ^"a: b^"',
      "Windows command prompt",
    ],
    ["an older one", 'curl "https://a.example/" ^\n  -H "a: b"', "Windows command prompt"],
    ["a URL that is not a literal", "fetch(url, {})", "not a literal"],
    ["half a call", 'fetch("https://a.example/", {', "not JavaScript"],
    ["something else", "hello", "neither a curl command nor a call of fetch()"],
  ] as const)("refused: %s", ([, code, message]) => {
    expect(() => readPasted(code)).toThrow(message);
  });
});

describe("a URL", () => {
  test.for(["https://api.acme.io/curl x", "https://api.acme.io/fetch", "curl.example"])(
    "is not taken for it: %s",
    (url) => {
      expect(isPasted(url)).toBe(false);
    },
  );
});
