import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { breakDown, listOrders } from "../servers/orders.ts";
import type { Answer, Ask, AskHost } from "./ask.ts";

/** What is asked of a host: the request, without what a browser adds. */
export interface Question {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly headers?: Ask["headers"];
}

/** A host under test, which serves the orders of `servers/orders.ts` under the policy of `servers/policy.ts`. */
export interface RunningHost {
  readonly ask: AskHost;
  /** Lists the orders. Default `GET /orders`. */
  readonly list?: Question;
  /** What then stands in the answer. Default the first order. */
  readonly listed?: string;
  /** Adds an order. Default `POST /orders`. */
  readonly add?: Question;
  /** How many were added. */
  readonly count?: () => number;
  /** Fails, while the orders cannot be reached. Default `list`. */
  readonly fail?: Question;
  /** What it answers then. Default 500; GraphQL has errors under 200. */
  readonly failedStatus?: number;
  /** What the policy allows beyond what is safelisted. Default `PUT`. */
  readonly allowMethods?: string;
  close?(): Promise<void>;
}

const page = "https://app.example.com";
const stranger = "https://evil.example";
const foreign = ["Sec-Fetch-Site", "cross-site"] as const;

/** What every host has to answer, however it was asked. */
export function describeHost(name: string, start: () => RunningHost | Promise<RunningHost>): void {
  describe(name, () => {
    let host: RunningHost;
    beforeAll(async () => {
      vi.spyOn(console, "error").mockImplementation(() => {});
      host = await start();
    });
    afterAll(async () => {
      await host?.close?.();
      vi.restoreAllMocks();
    });

    const send = (question: Question, ...headers: Ask["headers"]): Promise<Answer> =>
      host.ask({ ...question, headers: [...(question.headers ?? []), ...headers] });
    const listing = (): Question => host.list ?? { method: "GET", path: "/orders" };
    const listed = (): string => host.listed ?? "bread";
    const count = (): number => host.count?.() ?? listOrders().length;

    test("an allowed page reads the answer", async () => {
      const { status, headers, body } = await send(listing(), ["Origin", page]);
      expect({ status, body }).toEqual({ status: 200, body: expect.stringContaining(listed()) });
      expect(allowed(headers)).toEqual([page]);
      expect(varies(headers)).toContain("origin");
    });

    test("a refused page does not, and caches are told why", async () => {
      const { headers } = await send(listing(), ["Origin", stranger]);
      expect(allowed(headers)).toEqual([]);
      expect(varies(headers)).toContain("origin");
    });

    test("a program that is no browser is served", async () => {
      const { status, headers } = await send(listing());
      expect(status).toBe(200);
      expect(allowed(headers)).toEqual([]);
    });

    test.each([
      [page, 204, [page]],
      [stranger, 403, []],
    ])("a preflight of %s is answered with %i", async (origin, status, origins) => {
      const { path } = host.add ?? { path: "/orders" };
      const methods = host.allowMethods ?? "PUT";
      const [method = ""] = methods.split(", ");
      const got = await send(
        { method: "OPTIONS", path },
        ["Origin", origin],
        ["Access-Control-Request-Method", method],
      );
      expect([got.status, allowed(got.headers)]).toEqual([status, origins]);
      expect(got.headers.get("access-control-allow-methods")).toBe(status === 204 ? methods : null);
    });

    test("an error that was thrown can be read by an allowed page", async () => {
      const { status, headers, body } = await breakDown(() => send(host.fail ?? listing(), ["Origin", page]));
      expect(status).toBe(host.failedStatus ?? 500);
      expect(body).not.toContain(listed());
      expect(allowed(headers)).toEqual([page]);
      expect(varies(headers)).toContain("origin");
    });

    test.each<readonly [name: string, headers: Ask["headers"], status: number, runs: 0 | 1]>([
      ["a foreign page", [["Origin", stranger], foreign], 403, 0],
      ["a foreign page, in a browser without Sec-Fetch-Site", [["Origin", stranger]], 403, 0],
      ["a page that hides its origin", [foreign], 403, 0],
      ["a sandboxed page", [["Origin", "null"], foreign], 403, 0],
      ["the allowed page", [["Origin", page], foreign], 200, 1],
      ["a program that is no browser", [], 200, 1],
    ])("S102: a POST of %s runs the handler if it may", async (_, headers, status, runs) => {
      const before = count();
      const got = await send(host.add ?? { method: "POST", path: "/orders" }, ...headers);
      const known = got.status === 201 ? 200 : got.status;
      expect({ status: known, runs: count() - before }).toEqual({ status, runs });
    });
  });
}

function allowed(headers: Headers): readonly string[] {
  const origin = headers.get("access-control-allow-origin");
  return origin === null ? [] : [origin];
}

function varies(headers: Headers): readonly string[] {
  return (headers.get("vary") ?? "").split(",").map((member) => member.trim().toLowerCase());
}
