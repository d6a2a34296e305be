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
  decisions: counter("corsmith.decisions", "{decision}", "Requests by what the policy decided.", [
    "corsmith.route",
    "corsmith.kind",
    "corsmith.decision",
    "corsmith.reason",
    "corsmith.mode",
  ]),
  headerlessErrors: counter(
    "corsmith.headerless_errors",
    "{response}",
    "Error answers to allowed origins that had no CORS headers. Always 0, or there is a bug in Corsmith.",
    ["corsmith.route"],
  ),
  upstreamErrors: counter(
    "corsmith.upstream_errors",
    "{error}",
    "Requests that the upstream did not answer, or not with an HTTP response.",
    ["error.type"],
  ),
  gatewayErrors: counter("corsmith.gateway_errors", "{error}", "Requests that the gateway itself failed to handle."),
  newCredentialedOrigins: counter(
    "corsmith.new_credentialed_origins",
    "{origin}",
    "Origins that were allowed, sent credentials, and were never seen before. Since the start, by the journal.",
  ),
  knownOrigins: gauge("corsmith.journal.known_origins", "{origin}", "Origins that the journal's inventory names."),
  journalLost: counter("corsmith.journal.lost", "{record}", "What the journal could not keep since the start.", [
    "corsmith.record",
  ]),
  journalPending: gauge(
    "corsmith.journal.pending",
    "{decision}",
    "Decisions that the journal has counted and not yet written.",
  ),
  journalSize: gauge("corsmith.journal.size", "By", "What the journal's database takes."),
  journalHealthy: gauge("corsmith.journal.healthy", "1", "1 while the journal can be written, 0 while it cannot."),
  policyLoads: counter(
    "corsmith.policy_loads",
    "{load}",
    "Loads of the policy, the first one too, by what came of them.",
    ["corsmith.outcome"],
  ),
  policyInfo: gauge("corsmith.policy.info", "1", "The active policy: its version, by its text, and the mode.", [
    "corsmith.version",
    "corsmith.overlay",
  ]),
  policyTime: gauge(
    "corsmith.policy.in_force_since",
    "s",
    "When the active policy became active, in seconds since 1970.",
  ),
  buildInfo: gauge("corsmith.build.info", "1", "The version of Corsmith and of Node.", [
    "corsmith.version",
    "corsmith.node",
  ]),
  workers: gauge("corsmith.workers", "{process}", "Processes that serve requests."),
  liveStreams: gauge("corsmith.live_streams", "{stream}", "Streams of live events that are open."),
} satisfies Readonly<Record<string, InstrumentDefinition>>;

function counter(name: string, unit: string, description: string, attributes: readonly string[] = []) {
  return { name, kind: "counter", unit, description, attributes } as const;
}

function gauge(name: string, unit: string, description: string, attributes: readonly string[] = []) {
  return { name, kind: "gauge", unit, description, attributes } as const;
}
