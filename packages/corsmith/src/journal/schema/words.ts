// In the order in which people read them. Apart from the schemas, which take a while to load.

export const decisionKinds = ["preflight", "actual", "websocket"] as const;

export const reasons = [
  "allowed",
  "origin-refused",
  "method-refused",
  "headers-refused",
  "origin-lookup-failed",
  "malformed",
  "not-cross-origin",
  "no-policy",
] as const;

export const engineFamilies = ["chromium", "firefox", "webkit", "other", "none"] as const;
export type EngineFamily = (typeof engineFamilies)[number];
