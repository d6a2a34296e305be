import type { PolicyInput } from "@corsmith/cors";

/** The origin that is allowed, in every suite. */
export const allowedOrigin = "https://app.example.com";

/** One that is not, and looks alike to a careless comparison. */
export const refusedOrigin = "https://app.example.org";

/** The lists of the policy under which everything is measured: those of an ordinary JSON API with a session cookie. */
export const benchLists = {
  methods: ["PUT", "PATCH", "DELETE"],
  headers: ["content-type", "authorization", "x-request-id"],
  exposed: ["x-total-count"],
  maxAge: 600,
} as const;

/** That policy, in our words. */
export function benchPolicy(allowOrigins: readonly string[]): PolicyInput {
  const { methods, headers, exposed, maxAge } = benchLists;
  return {
    allowOrigins,
    allowCredentials: true,
    allowMethods: methods,
    allowHeaders: headers,
    exposeHeaders: exposed,
    maxAge,
  };
}

/** What a browser asks before a PUT of JSON with an id. */
export const askedMethod = "PUT";
/** Sorted and without spaces, as browsers write it. */
export const askedHeaders = "content-type,x-request-id";
