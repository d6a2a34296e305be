import type { PolicyInput } from "@corsmith/cors";
import type { Running } from "../support/listen.ts";
import { app } from "../table/policies.ts";

/** For everybody, below `/public`. */
export const open: PolicyInput = { allowOrigins: "*", allowMethods: ["PUT"] };

/** For one page, below `/account`. */
export const strict: PolicyInput = { allowOrigins: [app], allowCredentials: true, allowMethods: ["DELETE"] };

/** An application with `/public/things` under the one and `/account/things` under the other, in the way of its framework. */
export interface TwoPolicies {
  readonly name: string;
  start(): Promise<Running>;
}
