import { definePolicy, type PolicyInput } from "@corsmith/cors";
import { describe, expect, test } from "vitest";
import { closingAfterEach } from "./support/closing.ts";
import { ask, valuesOf } from "./support/raw-client.ts";
import { startRecordingUpstream } from "./support/recording-upstream.ts";
import { allowedOrigin, recordingLog, refusedOrigin, startTestGateway } from "./support/start-test-gateway.ts";

const closing = closingAfterEach();

async function start(lines: readonly string[], policy: Partial<PolicyInput>) {
  const fields = lines.map((line) => `Access-Control-Expose-Headers: ${line}\r\n`).join("");
  const upstream = closing(
    await startRecordingUpstream(() => `HTTP/1.1 200 OK\r\n${fields}Content-Length: 2\r\n\r\nok`),
  );
  const { log, lines: logged } = recordingLog();
  const compiled = definePolicy({ allowOrigins: [allowedOrigin], ...policy });
  const routes = [{ path: "/files", policy: compiled }];
  const gateway = closing(await startTestGateway(upstream.url, { log, policy: compiled, routes }));
  const exposed = async (origin = allowedOrigin, path = "/") =>
    valuesOf(
      await ask(gateway.url, `GET ${path} HTTP/1.1\r\nHost: api.example\r\nOrigin: ${origin}\r\n\r\n`),
      "access-control-expose-headers",
    );
  return { exposed, warnings: () => logged.filter(({ event }) => event === "upstream-expose-headers") };
}

const merging = { upstreamExposeHeaders: "merge" } as const;

/** [what, the upstream's lines, the policy, what is exposed, the names in the log] */
const table: readonly (readonly [string, readonly string[], Partial<PolicyInput>, string[], readonly string[]])[] = [
  ["drops by default, and says so", ["Upload-Offset"], {}, [], ["Upload-Offset"]],
  ["drops where it is told to", ["Upload-Offset"], { upstreamExposeHeaders: "drop" }, [], ["Upload-Offset"]],
  [
    "leaves the policy's own, and names only what is lost",
    ["etag, X-Total"],
    { exposeHeaders: ["ETag"] },
    ["etag"],
    ["X-Total"],
  ],
  ["says nothing where nothing is lost", ["ETag"], { exposeHeaders: ["etag"] }, ["etag"], []],
  ["says nothing where the policy exposes all", ["ETag, *"], { exposeHeaders: "*" }, ["*"], []],
  ["merges where the policy says so", ["Upload-Offset, Location"], merging, ["Upload-Offset, Location"], []],
  ["merges several lines", ["Upload-Offset", "Location"], merging, ["Upload-Offset, Location"], []],
  [
    "merges behind the policy's own, each once in any case",
    ["ETAG, X-Total, x-total"],
    { ...merging, exposeHeaders: ["etag"] },
    ["etag, X-Total"],
    [],
  ],
  ["never takes * from the API", ["*"], merging, [], ["*"]],
  [
    "leaves out what is not a name, for it would make the list unreadable",
    ["ETag, x a, y(z), , Link"],
    merging,
    ["ETag, Link"],
    ["x a", "y(z)"],
  ],
];

describe("S38: the API's own Access-Control-Expose-Headers", () => {
  test.each(table)("the gateway %s", async (_what, lines, policy, expected, names) => {
    const { exposed, warnings } = await start(lines, policy);
    for (const _time of [1, 2, 3]) expect(await exposed()).toEqual(expected);
    expect(warnings().map((line) => line["names"])).toEqual(names.length === 0 ? [] : [names]);
  });

  test("once a route", async () => {
    const { exposed, warnings } = await start(["Upload-Offset"], {});
    for (const path of ["/", "/files/1", "/files/2", "/orders"]) await exposed(allowedOrigin, path);
    expect(warnings().map(({ route }) => route)).toEqual(["/", "/files"]);
    expect(String(warnings()[1]?.["msg"])).toContain("policy of route /files");
  });

  test.each(["drop", "merge"] as const)("a refused origin is told none, and the log says nothing: %s", async (way) => {
    const { exposed, warnings } = await start(["Upload-Offset"], { upstreamExposeHeaders: way });
    expect(await exposed(refusedOrigin)).toEqual([]);
    expect(warnings()).toEqual([]);
  });
});
