import type { PolicyInput } from "@corsmith/cors";

// Tools of one company, behind a sign-in. The type makes the editor point out a misspelt key while you write.
const policy: PolicyInput = {
  preset: "internal-tools",
  // Every host in this zone is trusted: no page of anyone else may ever be there.
  allowOrigins: ["https://*.tools.example.com"],
};

export default { upstream: "http://127.0.0.1:8000", policy };
