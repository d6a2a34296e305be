import type { ServerResponse } from "node:http";
import type { Answer } from "@corsmith/cors";
import type { Failure } from "./failure.ts";
import { answerFailure } from "./failure-answer.ts";
import type { GatewayContext } from "./gateway-context.ts";

const nothingGranted: Answer = { status: undefined, headers: [], vary: "Origin" };

const gatewayFailed: Failure = {
  status: 500,
  code: "gateway-failed",
  message: "This gateway failed at the request. Its log says more.",
};

/** Serves a request; a mistake in serving it must not take the other requests with it. */
export function guardRequest(context: GatewayContext, response: ServerResponse, serve: () => void): void {
  try {
    serve();
  } catch (thrown) {
    context.decisions.gatewayFailed(thrown instanceof Error ? thrown : new Error(String(thrown)));
    if (response.headersSent || response.destroyed) response.destroy();
    else answerFailure(response, gatewayFailed, nothingGranted, true);
  }
}
