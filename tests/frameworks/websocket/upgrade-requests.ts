/** The origin that the policies of these tests allow. */
export const app = "https://app.example.com";

/** Requests for a WebSocket at `host`, as those who send them do, and whether they may have one. */
export function upgradeRequests(
  host: string,
): readonly (readonly [name: string, headers: Record<string, string>, allowed: boolean])[] {
  return [
    ["a page that is allowed", { origin: app, "sec-fetch-site": "cross-site" }, true],
    ["a page that is allowed, in a browser without Sec-Fetch-Site", { origin: app }, true],
    ["the server's own page", { origin: `http://${host}`, "sec-fetch-site": "same-origin" }, true],
    ["the server's own page, in a browser without Sec-Fetch-Site", { origin: `http://${host}` }, true],
    ["a program that is no browser", {}, true],
    ["another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }, false],
    ["another site, in a browser without Sec-Fetch-Site", { origin: "https://evil.example" }, false],
    ["a sibling under the same domain", { origin: "https://other.example.com", "sec-fetch-site": "same-site" }, false],
    ["a sandboxed frame", { origin: "null", "sec-fetch-site": "cross-site" }, false],
    ["a page of the other scheme", { origin: `https://${host}`, "sec-fetch-site": "cross-site" }, false],
    ["an origin that only begins as the allowed one", { origin: `${app}.evil.example` }, false],
    ["an origin that was hidden on the way", { "sec-fetch-site": "cross-site" }, false],
  ];
}
