import { CookieJar } from "tough-cookie";
import { describe, expect, test } from "vitest";
import { cors } from "../../src/adapters/fetch.ts";
import { corsFetch } from "../../src/testing/index.ts";

const app = "https://app.example.com";

/** An API with a login: it sets a cookie, and tells whose session a request has. */
function sessions(attributes: string): (request: Request) => Promise<Response> {
  const guard = cors({ allowOrigins: [app, "https://other.test"], allowCredentials: true });
  return guard((request) => {
    if (new URL(request.url).pathname !== "/login") return new Response(request.headers.get("cookie") ?? "nobody");
    return new Response("", { headers: { "Set-Cookie": `sid=31; ${attributes}` } });
  });
}

/** Logs in on the page of the app, and asks from a page who is there. */
async function whoIsThere(attributes: string, from: string, credentials: "include" | "omit"): Promise<string> {
  const cookieJar = new CookieJar();
  const server = sessions(attributes);
  await corsFetch({ origin: app, server, cookieJar })("https://api.example.com/login", { credentials: "include" });
  const answer = await corsFetch({ origin: from, server, cookieJar })("https://api.example.com/me", { credentials });
  return answer.text();
}

describe("a session in a jar of tough-cookie", () => {
  test.each<readonly [string, string, string, "include" | "omit", string]>([
    ["goes along with credentials", "Secure; HttpOnly", app, "include", "sid=31"],
    ["stays behind without", "Secure; HttpOnly", app, "omit", "nobody"],
    ["goes along to its own site under SameSite=Strict", "Secure; SameSite=Strict", app, "include", "sid=31"],
    [
      "stays behind from another site under SameSite=Strict",
      "Secure; SameSite=Strict",
      "https://other.test",
      "include",
      "nobody",
    ],
    [
      "goes along from another site under SameSite=None",
      "Secure; SameSite=None",
      "https://other.test",
      "include",
      "sid=31",
    ],
    ["is over when it is", "Secure; Max-Age=0", app, "include", "nobody"],
  ])("%s", async (_, attributes, from, credentials, expected) => {
    expect(await whoIsThere(attributes, from, credentials)).toBe(expected);
  });
});
