import type { InstrumentDefinition } from "./measurements.ts";

/** The boundaries that the conventions recommend for durations of requests, in seconds. */
const seconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/**
 * Everything that is measured. Names and attributes are those of the OpenTelemetry conventions where these have any; our own begin with
 * `corsmith.`, as the conventions ask. No attribute is an origin, a path, or anything else that a client can choose.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-metrics/
 */
export const instruments = {
  requestDuration: {
    name: "http.server.request.duration",
    kind: "histogram",
    unit: "s",
    description: "From the arrival of a request to the end of its answer.",
    attributes: ["http.request.method", "url.scheme", "http.response.status_code", "http.route", "error.type"],
    boundaries: seconds,
  },
  decisions: {
    name: "corsmith.decisions",
    kind: "counter",
    unit: "{decision}",
    description: "Requests by what the policy decided.",
    attributes: ["corsmith.route", "corsmith.kind", "corsmith.decision", "corsmith.reason", "corsmith.mode"],
  },
  headerlessErrors: {
    name: "corsmith.headerless_errors",
    kind: "counter",
    unit: "{response}",
    description:
      "Error answers to allowed origins that had no CORS headers. Always 0, or there is a bug in Corsmith.",
    attributes: ["corsmith.route"],
  },
  upstreamErrors: {
    name: "corsmith.upstream_errors",
    kind: "counter",
    unit: "{error}",
    description: "Requests that the upstream did not answer, or not with an HTTP response.",
    attributes: ["error.type"],
  },
  gatewayErrors: {
    name: "corsmith.gateway_errors",
    kind: "counter",
    unit: "{error}",
    description: "Requests that the gateway itself failed to handle.",
    attributes: [],
  },
  newCredentialedOrigins: {
    name: "corsmith.new_credentialed_origins",
    kind: "counter",
    unit: "{origin}",
    description:
      "Origins that were allowed, sent credentials, and were never seen before. Since the start, by the journal.",
    attributes: [],
  },
  knownOrigins: {
    name: "corsmith.journal.known_origins",
    kind: "gauge",
    unit: "{origin}",
    description: "Origins that the journal's inventory names.",
    attributes: [],
  },
  journalLost: {
    name: "corsmith.journal.lost",
    kind: "counter",
    unit: "{record}",
    description: "What the journal could not keep since the start.",
    attributes: ["corsmith.record"],
  },
  journalPending: {
    name: "corsmith.journal.pending",
    kind: "gauge",
    unit: "{decision}",
    description: "Decisions that the journal has counted and not yet written.",
    attributes: [],
  },
  journalSize: {
    name: "corsmith.journal.size",
    kind: "gauge",
    unit: "By",
    description: "What the journal's database takes.",
    attributes: [],
  },
  journalHealthy: {
    name: "corsmith.journal.healthy",
    kind: "gauge",
    unit: "1",
    description: "1 while the journal can be written, 0 while it cannot.",
    attributes: [],
  },
  policyLoads: {
    name: "corsmith.policy_loads",
    kind: "counter",
    unit: "{load}",
    description: "Loads of the policy, the first one too, by what came of them.",
    attributes: ["corsmith.outcome"],
  },
  policyInfo: {
    name: "corsmith.policy.info",
    kind: "gauge",
    unit: "1",
    description: "The active policy: its version, by its text, and the mode.",
    attributes: ["corsmith.version", "corsmith.overlay"],
  },
  policyTime: {
    name: "corsmith.policy.in_force_since",
    kind: "gauge",
    unit: "s",
    description: "When the active policy became active, in seconds since 1970.",
    attributes: [],
  },
  buildInfo: {
    name: "corsmith.build.info",
    kind: "gauge",
    unit: "1",
    description: "The version of Corsmith and of Node.",
    attributes: ["corsmith.version", "corsmith.node"],
  },
  workers: {
    name: "corsmith.workers",
    kind: "gauge",
    unit: "{process}",
    description: "Processes that serve requests.",
    attributes: [],
  },
  liveStreams: {
    name: "corsmith.live_streams",
    kind: "gauge",
    unit: "{stream}",
    description: "Streams of live events that are open.",
    attributes: [],
  },
} as const satisfies Readonly<Record<string, InstrumentDefinition>>;

/** The key of an instrument. */
export type InstrumentKey = keyof typeof instruments;
