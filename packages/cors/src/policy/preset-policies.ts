import type { PolicyInput } from "./policy-input.ts";

/** A use case that a policy can start from. */
export type PresetName = "public-api" | "single-page-app" | "mobile-backend" | "internal-tools" | "development";

const writingMethods = ["PUT", "PATCH", "DELETE"] as const;

/** What each preset stands for. Apart from the words about it, which no server needs. */
export const presetPolicies: Readonly<Record<PresetName, PolicyInput>> = {
  "public-api": {
    allowOrigins: "*",
    allowMethods: [...writingMethods],
    allowHeaders: ["*", "authorization"],
    exposeHeaders: ["*"],
    maxAge: 7200,
  },
  "single-page-app": {
    allowCredentials: true,
    allowMethods: [...writingMethods],
    allowHeaders: ["authorization", "content-type", "x-csrf-token", "x-requested-with"],
    exposeHeaders: ["x-request-id", "retry-after"],
    maxAge: 7200,
  },
  "mobile-backend": {
    allowOrigins: [
      "capacitor://localhost",
      "ionic://localhost",
      "tauri://localhost",
      "http://tauri.localhost",
      "https://tauri.localhost",
      "https://localhost",
      "http://localhost",
    ],
    allowMethods: [...writingMethods],
    allowHeaders: ["authorization", "content-type"],
    exposeHeaders: ["retry-after", "x-request-id"],
    maxAge: 7200,
  },
  "internal-tools": {
    allowCredentials: true,
    allowMethods: [...writingMethods],
    allowHeaders: ["authorization", "content-type", "x-csrf-token", "x-requested-with"],
    maxAge: 600,
    crossOriginProtection: true,
  },
  development: {
    allowOrigins: [
      "http://localhost:*",
      "https://localhost:*",
      "http://127.0.0.1:*",
      "https://127.0.0.1:*",
      "http://[::1]:*",
      "https://[::1]:*",
    ],
    allowCredentials: true,
    allowMethods: ["*"],
    allowHeaders: ["*", "authorization"],
    exposeHeaders: ["x-request-id", "retry-after", "etag", "link", "location", "x-total-count"],
    maxAge: 5,
  },
};

/** Is this the name of a preset? */
export function isPresetName(name: unknown): name is PresetName {
  return typeof name === "string" && Object.hasOwn(presetPolicies, name);
}
