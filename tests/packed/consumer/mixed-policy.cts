// A policy of a file that is CommonJS.

import { definePolicy, type Policy } from "@corsmith/cors";

export const policy: Policy = definePolicy({ allowOrigins: ["https://app.example.com"] });
