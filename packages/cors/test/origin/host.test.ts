import { describe, expect, test } from "vitest";
import { isLoopbackHost, isPrivateHost } from "../../src/index.ts";

type Place = "loopback" | "private" | "public";

/** [host, whose it is] */
const hosts: readonly (readonly [string, Place])[] = [
  ["localhost", "loopback"],
  ["api.localhost", "loopback"],
  ["127.0.0.1", "loopback"],
  ["127.255.255.254", "loopback"],
  ["[::1]", "loopback"],
  ["localhost.evil.example", "public"],
  ["127.evil.example", "public"],
  ["127.0.0.1.evil.example", "public"],
  ["evillocalhost", "public"],
  ["[::2]", "public"],
  ["10.0.0.7", "private"],
  ["172.16.0.1", "private"],
  ["172.31.255.255", "private"],
  ["192.168.1.1", "private"],
  ["169.254.169.254", "private"],
  ["[fc00::1]", "private"],
  ["[fd12:3456:789a::1]", "private"],
  ["[fe80::1]", "private"],
  ["[febf::1]", "private"],
  ["printer.local", "private"],
  ["db.internal", "private"],
  ["nas.home.arpa", "private"],
  ["10.evil.example", "public"],
  ["10.0.0.7.evil.example", "public"],
  ["192.168.evil.example", "public"],
  ["172.15.0.1", "public"],
  ["172.32.0.1", "public"],
  ["192.169.0.1", "public"],
  ["100.0.0.1", "public"],
  ["[fc::1]", "public"],
  ["[fd::1]", "public"],
  ["[fec0::1]", "public"],
  ["[2001:db8::fd00:1]", "public"],
  ["local.evil.example", "public"],
  ["evilinternal", "public"],
  ["example.com", "public"],
  ["", "public"],
];

describe("a host", () => {
  test.each(hosts)("%j is %s", (host, place) => {
    expect({ loopback: isLoopbackHost(host), private: isPrivateHost(host) }).toEqual({
      loopback: place === "loopback",
      private: place === "private",
    });
  });
});
