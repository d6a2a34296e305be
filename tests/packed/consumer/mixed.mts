// Taken up by a module: one type of policy, whichever format the library came in.

import { decide, type Policy } from "@corsmith/cors";
import { enforce } from "@corsmith/cors/fetch";
// biome-ignore lint/correctness/useImportExtensions: the name that the compiled file has, as most write it
import { policy } from "./mixed-policy.cjs";

const here: Policy = policy;
export const guard = enforce(here);
export const { reason } = decide(policy, { method: "GET", origin: "https://app.example.com" });
