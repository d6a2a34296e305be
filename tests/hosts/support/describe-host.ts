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
  /** Adds an order. Default `POST /orders`. */
  readonly add?: Question;
  /** What it answers with when the list cannot be had. Default 500; GraphQL has errors under 200. */
  readonly thrownStatus?: number;
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
    const list = (...headers: Ask["headers"]): Promise<Answer> =>
      send(host.list ?? { method: "GET", path: "/orders" }, ...headers);

    test("an allowed page reads the answer", async () => {
      const { status, headers, body } = await list(["Origin", page]);
      expect({ status, body }).toEqual({ status: 200, body: expect.stringContaining("bread") });
      expect(allowed(headers)).toEqual([page]);
      expect(varies(headers)).toContain("origin");
    });

    test("a refused page does not, and caches are told why", async () => {
      const { headers } = await list(["Origin", stranger]);
      expect(allowed(headers)).toEqual([]);
      expect(varies(headers)).toContain("origin");
    });

    test("a program that is no browser is served", async () => {
      const { status, headers } = await list();
      expect(status).toBe(200);
      expect(allowed(headers)).toEqual([]);
    });

    test.each([
      [page, "GET", 204, [page]],
      [page, "PUT", 204, [page]],
      [stranger, "PUT", 403, []],
    ])("a preflight of %s for %s is answered with %i", async (origin, method, status, origins) => {
      const { path } = host.add ?? { path: "/orders" };
      const got = await send(
        { method: "OPTIONS", path },
        ["Origin", origin],
        ["Access-Control-Request-Method", method],
      );
      expect([got.status, allowed(got.headers)]).toEqual([status, origins]);
      if (status === 204) expect(got.headers.get("access-control-allow-methods")).toBe("PUT");
    });

    test("an error that was thrown can be read by an allowed page", async () => {
      const { status, headers, body } = await breakDown(() => list(["Origin", page]));
      expect(status).toBe(host.thrownStatus ?? 500);
      expect(body).not.toContain("bread");
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
      const before = listOrders().length;
      const got = await send(host.add ?? { method: "POST", path: "/orders" }, ...headers);
      expect({ status: got.status, runs: listOrders().length - before }).toEqual({ status, runs });
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
