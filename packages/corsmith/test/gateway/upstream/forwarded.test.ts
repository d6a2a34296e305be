import { describe, expect, test } from "vitest";
import { peerAddress, trustedPeers } from "../../../src/gateway/inbound/hop.ts";
import { closingAfterEach } from "../support/closing.ts";
import { ask } from "../support/raw-client.ts";
import { headerOf, startRecordingUpstream } from "../support/recording-upstream.ts";
import { startTestGateway, type TestGatewayOptions } from "../support/start-test-gateway.ts";

const closing = closingAfterEach();

async function received(fields: string, options: TestGatewayOptions = {}) {
  const upstream = closing(await startRecordingUpstream());
  const gateway = closing(await startTestGateway(upstream.url, options));
  await ask(gateway.url, `GET / HTTP/1.1\r\nHost: api.example:8443\r\n${fields}\r\n`);
  const request = upstream.requests[0];
  return { request, upstream, of: (name: string) => headerOf(request, name) };
}

const trusting: TestGatewayOptions = { trustProxy: ["127.0.0.0/8"] };

describe("the upstream learns who asked", () => {
  test("by all the usual headers", async () => {
    const { of } = await received("");
    expect(of("x-forwarded-for")).toEqual(["127.0.0.1"]);
    expect(of("x-forwarded-proto")).toEqual(["http"]);
    expect(of("x-forwarded-host")).toEqual(["api.example:8443"]);
    expect(of("x-forwarded-port")).toEqual(["8443"]);
    expect(of("forwarded")).toEqual(['for=127.0.0.1;host="api.example:8443";proto=http']);
    expect(of("host")).toEqual(["api.example:8443"]);
  });

  test("and gets its own Host with changeHost", async () => {
    const { of, upstream } = await received("", { changeHost: true });
    expect(of("host")).toEqual([upstream.url.host]);
    expect(of("x-forwarded-host")).toEqual(["api.example:8443"]);
  });
});

const forged =
  "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 7.7.7.7\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: bank.example\r\n" +
  "X-Forwarded-Port: 1\r\nX-Forwarded-Prefix: /x\r\nForwarded: for=6.6.6.6\r\nX-Real-IP: 6.6.6.6\r\nTrue-Client-IP: 6.6.6.6\r\n" +
  "CF-Connecting-IP: 6.6.6.6\r\nX-Original-URL: /admin\r\nX-Rewrite-URL: /admin\r\nX_Forwarded_For: 6.6.6.6\r\n" +
  "X_Real_IP: 6.6.6.6\r\nx-forwarded_for: 6.6.6.6\r\nContent_Length: 6\r\nTransfer_Encoding: 6.6.6.6\r\nHost_: kept\r\n";

describe("what a client forged", () => {
  test("is replaced or removed, also where _ stands for -", async () => {
    const { request, of } = await received(forged);
    expect(of("x-forwarded-for")).toEqual(["127.0.0.1"]);
    expect(of("x-forwarded-proto")).toEqual(["http"]);
    expect(of("x-forwarded-host")).toEqual(["api.example:8443"]);
    expect(JSON.stringify(request?.headers)).not.toMatch(/6\.6\.6\.6|7\.7\.7\.7|bank|admin|Prefix/);
    expect(of("host_")).toEqual(["kept"]);
  });

  test("cannot be smuggled past by naming the gateway's own headers in Connection", async () => {
    const { of } = await received("Connection: close, X-Forwarded-For, Host, X-Custom\r\nX-Custom: 1\r\n");
    expect(of("x-forwarded-for")).toEqual(["127.0.0.1"]);
    expect(of("host")).toEqual(["api.example:8443"]);
    expect(of("x-custom")).toEqual([]);
  });
});

describe("what a hop of trustProxy says is kept, and the hop is added", () => {
  test("X-Forwarded-*", async () => {
    const { of } = await received(
      "X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: api.example.com\r\nX-Real-IP: 203.0.113.7\r\n",
      trusting,
    );
    expect(of("x-forwarded-for")).toEqual(["203.0.113.7, 127.0.0.1"]);
    expect(of("x-forwarded-proto")).toEqual(["https"]);
    expect(of("x-forwarded-host")).toEqual(["api.example.com"]);
    expect(of("x-forwarded-port")).toEqual(["443"]);
    expect(of("x-real-ip")).toEqual(["203.0.113.7"]);
  });

  test("several lines are joined in their order", async () => {
    const { of } = await received("X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-For: 10.0.0.1\r\n", trusting);
    expect(of("x-forwarded-for")).toEqual(["203.0.113.7, 10.0.0.1, 127.0.0.1"]);
  });

  test("Forwarded is appended to", async () => {
    const { of } = await received("Forwarded: for=203.0.113.7;proto=https\r\n", trusting);
    expect(of("forwarded")).toEqual(['for=203.0.113.7;proto=https, for=127.0.0.1;host="api.example:8443";proto=http']);
  });

  test("the one form is filled in from the other", async () => {
    const fromList = await received("X-Forwarded-For: 203.0.113.7, 2001:db8::1, junk\r\n", trusting);
    expect(fromList.of("forwarded")[0]).toMatch(
      /^for=203\.0\.113\.7, for="\[2001:db8::1\]", for=unknown, for=127\.0\.0\.1;/,
    );
    const fromStandard = await received(
      'Forwarded: for="[2001:db8::1]:4711";proto=https, For=203.0.113.7\r\n',
      trusting,
    );
    expect(fromStandard.of("x-forwarded-for")).toEqual(["2001:db8::1, 203.0.113.7, 127.0.0.1"]);
  });

  test("another peer is not trusted", async () => {
    const { of } = await received("X-Forwarded-For: 6.6.6.6\r\n", { trustProxy: ["10.0.0.0/8", "::1"] });
    expect(of("x-forwarded-for")).toEqual(["127.0.0.1"]);
  });
});

describe("trustProxy", () => {
  test.each([
    ["an address", ["10.0.0.7"], "10.0.0.7", true],
    ["another address", ["10.0.0.7"], "10.0.0.8", false],
    ["a block", ["10.0.0.0/8"], "10.255.0.1", true],
    ["outside a block", ["10.0.0.0/8"], "11.0.0.1", false],
    ["an IPv6 block", ["fd00::/8"], "fd12::1", true],
    ["an IPv4 peer outside an IPv6 block", ["fd00::/8"], "10.0.0.1", false],
    ["no entry", [], "127.0.0.1", false],
  ])("%s", (_what, entries, address, expected) => {
    expect(trustedPeers(entries)(address)).toBe(expected);
  });

  test.each(["10.0.0.0/33", "proxy.example", "10.0.0", "10.0.0.0/8/8", "::1/129", "10.0.0.0/"])(
    "%s is refused",
    (entry) => {
      expect(() => trustedPeers([entry])).toThrow(`trustProxy holds ${JSON.stringify(entry)}`);
    },
  );

  test("an IPv4 peer of a dual-stack socket is IPv4, and a zone is left out", () => {
    expect(peerAddress("::ffff:10.0.0.7")).toBe("10.0.0.7");
    expect(peerAddress("fe80::1%eth0")).toBe("fe80::1");
    expect(peerAddress(undefined)).toBe("");
  });
});
