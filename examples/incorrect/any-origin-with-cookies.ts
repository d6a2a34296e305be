// Wrong: any origin, with cookies. Browsers reject the combination; sending the Origin back instead would let every site act as the user.

import assert from "node:assert/strict";
import { PolicyError } from "@corsmith/cors";
import { cors } from "@corsmith/cors/node";

assert.throws(
  () => cors({ allowOrigins: "*", allowCredentials: true }),
  (error) => {
    assert.ok(error instanceof PolicyError);
    console.log(`wrong: it cannot be built: ${error.findings[0]?.message}`);
    return true;
  },
);

// Right: either cookies and names …
cors({ allowOrigins: ["https://app.example.com", "https://*.customers.example.com"], allowCredentials: true });
// … or anybody and no cookies.
cors({ allowOrigins: "*" });
console.log("right: name the origins, or do without cookies");
