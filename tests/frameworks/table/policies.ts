import type { PolicyInput } from "@corsmith/cors";

export const app = "https://app.example.com";
export const evil = "https://evil.example";

const tenantLookup = {
  find: async (origin: string) => {
    if (origin === "https://broken.example") throw new Error("the database is down");
    return origin === "https://tenant.example";
  },
};

/** The policies of the table. What their answers must be stands in the rows, written out. */
export const policies = {
  /** One page, with cookies: what most APIs need. */
  page: {
    allowOrigins: [app],
    allowCredentials: true,
    allowMethods: ["PUT", "DELETE"],
    allowHeaders: ["Content-Type", "X-A"],
    exposeHeaders: ["X-Request-Id"],
    maxAge: 600,
  },
  /** Anybody, the same answer for everybody. */
  open: { allowOrigins: "*", exposeHeaders: "*" },
  /** Anybody, any method, any header. */
  anything: { allowOrigins: "*", allowMethods: "*", allowHeaders: "*" },
  /** Any method and any header, with cookies: a literal `*` would mean nothing. */
  anythingWithCookies: { allowOrigins: [app], allowCredentials: true, allowMethods: "*", allowHeaders: "*" },
  /** Origins of every kind. */
  several: {
    allowOrigins: [
      app,
      "https://*.example.org",
      "http://localhost:*",
      "https://api.example.net:8443",
      "capacitor://localhost",
      "http://[::1]:3000",
    ],
    allowMethods: ["PATCH"],
  },
  /** For old clients, and nothing kept. */
  old: { allowOrigins: [app], preflightStatus: 200, maxAge: 0 },
  /** Sandboxed frames, on purpose. */
  sandbox: { allowOrigins: ["null"], dangerously: { allowNullOrigin: true } },
  /** Origins that only a database knows. */
  tenants: {
    allowOrigins: [app],
    originLookup: tenantLookup,
  },
  /** CORS, and unsafe requests of foreign pages refused. */
  guarded: { allowOrigins: [app], crossOriginProtection: true },
  /** The same with origins that only a database knows. */
  guardedTenants: { allowOrigins: [app], crossOriginProtection: true, originLookup: tenantLookup },
} as const satisfies Readonly<Record<string, PolicyInput>>;

export type PolicyName = keyof typeof policies;
