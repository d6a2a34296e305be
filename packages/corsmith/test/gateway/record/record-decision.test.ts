import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { DecisionRecord } from "@corsmith/cors/observe";
import { compileRouteTable } from "@corsmith/cors/routes";
import { pino } from "pino";
import { expect, test } from "vitest";
import { trustedPeers } from "../../../src/gateway/inbound/hop.ts";
import { resolveGatewayLimits } from "../../../src/gateway/inbound/limits.ts";
import { readRequest } from "../../../src/gateway/inbound/read-request.ts";
import { DecisionLog } from "../../../src/gateway/record/decision-log.ts";
import { recordDecision } from "../../../src/gateway/record/record-decision.ts";
import { writeHead } from "../../../src/gateway/record/sent-head.ts";
import { allowedOrigin, refusedOrigin, testPolicy } from "../support/start-test-gateway.ts";

/** What is recorded of a request that is answered with these headers. */
async function recorded(origin: string, status: number, headers: string[]): Promise<DecisionRecord | undefined> {
  const records: DecisionRecord[] = [];
  const decisions = new DecisionLog(pino({ level: "silent" }));
  const subscribers = {
    decisions,
    journal: { record: (record: DecisionRecord) => void records.push(record) },
    meter: undefined,
  };
  const terms = {
    limits: resolveGatewayLimits({}),
    trusted: trustedPeers([]),
    routes: compileRouteTable(testPolicy, []),
  };
  const server = createServer((request, response) => {
    const inbound = readRequest(terms, request, false);
    writeHead(response, status, undefined, headers);
    response.end();
    void Promise.resolve(inbound.decision).then((decision) =>
      recordDecision(subscribers, inbound, decision, { response, status, aborted: false, upgrade: false }),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  await (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { headers: { origin } })).text();
  server.close();
  decisions.close();
  return records[0];
}

const granted = ["Access-Control-Allow-Origin", allowedOrigin];

test.each<[string, boolean, string, number, string[]]>([
  ["an error to an allowed origin without CORS headers", true, allowedOrigin, 500, ["Vary", "Origin"]],
  ["the name alone as a value", true, allowedOrigin, 502, ["X-Name", "Access-Control-Allow-Origin"]],
  ["an error with them", false, allowedOrigin, 500, granted],
  ["an answer that is none", false, allowedOrigin, 200, []],
  ["a refused origin, which gets none", false, refusedOrigin, 500, []],
])("%s: headerless is %s", async (_, headerless, origin, status, headers) => {
  expect(await recorded(origin, status, headers)).toMatchObject({ headerless, finalStatus: status });
});
