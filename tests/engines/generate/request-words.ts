/** Words of which requests are made. `a` stands a hundred times where the limits of 128 and 1,024 bytes are near. */
type Line = readonly [name: string, value: string];

export const safelistedMethods = ["GET", "GET", "GET", "GET", "POST", "POST", "HEAD", "get", "post", "Head"];
export const otherMethods = [
  ...[
    "PUT",
    "PUT",
    "PUT",
    "DELETE",
    "DELETE",
    "PATCH",
    "PATCH",
    "OPTIONS",
    "put",
    "delete",
    "options",
    "patch",
    "Patch",
  ],
  ...["CHICKEN", "Put-X", "x", "M-SEARCH", "!#$%&'*+-.^_`|~"],
];
export const badMethods = [
  "CONNECT",
  "TRACE",
  "TRACK",
  "trace",
  "Track",
  "connect",
  "B AD",
  "P@T:",
  "GET\0",
  "",
  "ÄGET",
];

export const bodies = ["hello", "", "{}", "a=b"];

const a = (count: number): string => "a".repeat(count);
const languages = [
  "en",
  "*",
  'de "x"',
  "en-US,en;q=0.9",
  "a=b;c.d*",
  "e+n",
  "en@x",
  "en_US",
  "a b",
  "en{",
  a(128),
  a(129),
];
const types = [
  ...[
    "text/plain",
    "text/plain;charset=utf-8",
    "TEXT/PLAIN",
    "text/plain; charset=UTF-8",
    "application/x-www-form-urlencoded",
  ],
  ...[
    "multipart/form-data; boundary=x",
    "multipart/form-data;boundary=(x)",
    "application/json",
    "application/xml",
    "text/html",
  ],
  ...[
    "",
    "text",
    "text/",
    "/plain",
    "text/plain,application/json",
    "text/plain, text/plain",
    "text/plain garbage",
    " text/plain ",
  ],
  ...[
    "Text/Plain ;a=b",
    'text/plain;a="b"',
    "text/plain;a={b}",
    "text/plain;",
    "text/plain;charset",
    "text/plain\t;a=b",
  ],
  ...[`text/plain; x=${a(113)}`, `text/plain; x=${a(114)}`, "text/plain;é=1", "text/plain; x=a\\b", "image/png"],
];
const ranges = [
  ...[
    "bytes=0-",
    "bytes=0-10",
    "bytes=-5",
    "bytes=5-1",
    "bytes=",
    "bytes=00-1",
    "bytes=0-1,3-4",
    "bytes=0 -1",
    "bytes=0-1 ",
  ],
  ...[
    "bytes= 0-1",
    "bytes =0-1",
    "BYTES=0-1",
    "Bytes=0-",
    "units=0-1",
    "bytes=a-b",
    "bytes=+0-1",
    "bytes=-",
    "bytes=0-0",
  ],
  ...[
    "bytes=18446744073709551615-",
    "bytes=0-9223372036854775807",
    "bytes=0-9223372036854775808",
    `bytes=0-${"9".repeat(30)}`,
  ],
];
const accepts = [
  ...[
    "*/*",
    "text/html",
    "application/json",
    "a/b, c/d;q=0.5",
    "",
    "a:b",
    "a(b)",
    "a{b",
    "a\\b",
    "a?b",
    "en@x",
    'text/html;q="1"',
  ],
  ...["text/x[1]", "tab\there", "é", a(128), a(129), "a/b;c=<d>", "a\x7f"],
];
const lines = (name: string, values: readonly string[]): readonly Line[] => values.map((value) => [name, value]);

/** Names that are on the safelist, with values that may not be. */
export const nearlySafe: readonly (readonly Line[])[] = [
  lines("accept", accepts),
  lines("Accept-Language", languages),
  lines("content-language", languages),
  lines("Content-Type", types),
  lines("range", ranges),
];

/** Names that are not. */
export const unsafe: readonly Line[] = [
  ...[
    "x-a",
    "x-z",
    "a_b",
    "x'y",
    "x-foo~",
    "dnt-x",
    "origin-x",
    "sourcemap",
    "purpose",
    "service-worker",
    "if-range",
  ].map((name) => [name, "1"] as const),
  ["X-B", "two"],
  ["X-Custom-Header", "v"],
  ["x-requested-with", "XMLHttpRequest"],
  ["x-empty", ""],
  ["x-space", "  a b\t"],
  ["x-unicode", "é"],
  ["Authorization", "Bearer t"],
  ["authorization", "Basic eDp5"],
  ["cache-control", "no-cache"],
  ["pragma", "no-cache"],
  ["last-event-id", "1"],
  ["priority", "u=1"],
  ["user-agent", "custom"],
  ["upgrade-insecure-requests", "1"],
  ["if-modified-since", "Sat, 01 Jan 2022 00:00:00 GMT"],
  ["if-none-match", '"e"'],
  ["access-control-allow-origin", "x"],
  ["traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"],
  ["idempotency-key", "1"],
];

export const clientHints: readonly Line[] = [
  ["dpr", "2.0"],
  ["width", "3"],
  ["viewport-width", "5"],
  ["device-memory", "1"],
  ["downlink", "1"],
  ["save-data", "on"],
  ["rtt", "50"],
  ["ect", "4g"],
];

export const forbidden: readonly Line[] = [
  ...[
    "accept-charset",
    "accept-encoding",
    "connection",
    "content-length",
    "cookie",
    "date",
    "dnt",
    "expect",
    "host",
  ].map((name) => [name, "1"] as const),
  ...["keep-alive", "origin", "referer", "set-cookie", "te", "trailer", "transfer-encoding", "upgrade", "via"].map(
    (name) => [name, "1"] as const,
  ),
  ["proxy-x", "1"],
  ["Proxy-Authorization", "x"],
  ["sec-foo", "1"],
  ["Sec-Fetch-Mode", "x"],
  ["sec", "x"],
  ["access-control-request-method", "PUT"],
  ["access-control-request-headers", "x-a"],
  ["access-control-request-private-network", "true"],
  ["access-control-request-local-network", "true"],
  ["x-http-method", "CONNECT"],
  ["x-http-method-override", "TRACE"],
  ["X-Method-Override", "GET, track"],
  ["x-method-override", '"GET, track"'],
  ["x-method-override", "PUT"],
];

export const invalid: readonly Line[] = [
  ["x a", "1"],
  ["x:y", "1"],
  ["", "1"],
  ["x-nl", "a\nb"],
  ["x-nul", "a\0b"],
  ["x-big", "Ā"],
  ["é", "1"],
];
