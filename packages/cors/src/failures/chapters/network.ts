import type { Theme } from "../failure.ts";
import { httpNetworkFetch, httpNetworkOrCacheFetch, networkError, portBlocking } from "../sections.ts";

const kind = "lookalike";
const phase = "network";
const rule = "No answer came, so there was nothing that CORS could have judged.";
const firefox = ["CORS request did not succeed"];
const firefoxName = "CORSDidNotSucceed";

/** Nothing came back. */
export const network: Theme<
  | "server-down"
  | "connection-broken"
  | "dns-failure"
  | "tls-failure"
  | "offline"
  | "unsafe-port"
  | "request-aborted"
  | "not-in-cache"
> = {
  "server-down": {
    kind,
    phase,
    title: "Nothing listens there: it is not CORS",
    rule,
    section: httpNetworkFetch,
    firefoxName,
    messages: {
      chromium: ["net::ERR_CONNECTION_REFUSED", "net::ERR_ADDRESS_UNREACHABLE"],
      firefox,
      webkit: ["Could not connect to the server.", "Could not connect to {value}: Connection refused"],
      others: ["ECONNREFUSED"],
    },
    causes: [
      "the server is not running, or has just crashed",
      "the port is wrong, or the container does not publish it",
      "it listens on IPv6 or 127.0.0.1 only, and is asked elsewhere",
    ],
    fixes: [
      { who: "server", what: "Start it; see that it listens on the address and port that the page asks." },
      { who: "client", what: "Correct host and port." },
    ],
    seeAlso: ["wrong-port-or-host", "connection-broken"],
  },
  "connection-broken": {
    kind,
    phase,
    title: "The connection broke before an answer came: it is not CORS",
    rule,
    section: httpNetworkFetch,
    firefoxName,
    messages: {
      chromium: [
        "net::ERR_CONNECTION_RESET",
        "net::ERR_CONNECTION_CLOSED",
        "net::ERR_CONNECTION_ABORTED",
        "net::ERR_CONNECTION_TIMED_OUT",
        "net::ERR_EMPTY_RESPONSE",
        "net::ERR_TIMED_OUT",
        "net::ERR_HTTP2_PROTOCOL_ERROR",
        "net::ERR_QUIC_PROTOCOL_ERROR",
        "net::ERR_INCOMPLETE_CHUNKED_ENCODING",
        "net::ERR_CONTENT_LENGTH_MISMATCH",
      ],
      firefox,
      webkit: ["The network connection was lost.", "Connection terminated unexpectedly", "Message corrupt"],
      others: ["ECONNRESET", "socket hang up"],
    },
    causes: [
      "the process crashed or ran out of memory",
      "a proxy closed the connection: time-out, or a body that is too large",
    ],
    fixes: [
      { who: "server", what: "Look for the crash in its log." },
      { who: "proxy", what: "Answer with an HTTP error and CORS headers instead of closing the connection." },
    ],
    seeAlso: ["server-down", "body-too-large-413"],
  },
  "dns-failure": {
    kind,
    phase,
    title: "The host name is not known: it is not CORS",
    rule,
    section: httpNetworkFetch,
    firefoxName,
    messages: {
      chromium: ["net::ERR_NAME_NOT_RESOLVED"],
      firefox,
      webkit: ["A server with the specified hostname could not be found.", "Error resolving '{value}'"],
      others: ["ENOTFOUND"],
    },
    causes: [
      "the name is misspelt",
      "it is known inside a network only (VPN, Docker): a container's name means nothing to the browser",
    ],
    fixes: [{ who: "client", what: "Correct the name, or join the network in which it is known." }],
  },
  "tls-failure": {
    kind,
    phase,
    title: "The certificate or the TLS handshake failed: it is not CORS",
    rule,
    section: httpNetworkFetch,
    firefoxName,
    messages: {
      chromium: ["net::ERR_CERT_{what}", "net::ERR_SSL_{what}", "net::ERR_BAD_SSL_CLIENT_AUTH_CERT"],
      firefox,
      webkit: [
        "The certificate for this server is invalid.",
        "An SSL error has occurred and a secure connection to the server cannot be made.",
        "Unacceptable TLS certificate",
      ],
    },
    causes: [
      "a self-signed certificate of development",
      "an expired certificate, or one for another host",
      "http is spoken on the port that is asked for https",
    ],
    fixes: [
      { who: "server", what: "Present a certificate that the browser trusts for this host." },
      { who: "client", what: "In development, open the API's URL in a tab once and accept its certificate." },
    ],
  },
  offline: {
    kind,
    phase,
    title: "The device has no network: it is not CORS",
    rule,
    section: httpNetworkFetch,
    firefoxName,
    messages: {
      chromium: ["net::ERR_INTERNET_DISCONNECTED", "net::ERR_NETWORK_CHANGED"],
      firefox,
      webkit: ["The Internet connection appears to be offline."],
    },
    causes: ["no network, or it changed in the midst of the request"],
    fixes: [{ who: "client", what: "Try again when there is a network." }],
  },
  "unsafe-port": {
    kind,
    phase,
    title: "Browsers do not call this port: it is not CORS",
    rule: "A list of ports that belong to other protocols is blocked before anything is sent.",
    section: portBlocking,
    firefoxName,
    messages: {
      chromium: [
        "net::ERR_UNSAFE_PORT",
        "Unsafe attempt to load URL {url} from frame with URL {origin} Domains, protocols and ports must match.",
      ],
      firefox: [
        ...firefox,
        "This address is restricted",
        "Security Error: Content at {origin} may not load data from {url}",
      ],
      webkit: [
        "Not allowed to use restricted network port",
        "CORS-preflight request was blocked",
        "Unsafe attempt to load URL {url} from origin {origin} Domains, protocols and ports must match.",
      ],
    },
    causes: ["the API listens on a blocked port, such as 6000 or 6666"],
    fixes: [{ who: "server", what: "Listen on another port." }],
  },
  "request-aborted": {
    kind,
    phase,
    title: "The page gave the request up itself: it is not CORS",
    rule: "A request that is aborted rejects, whatever the server would have said.",
    section: networkError,
    messages: {
      chromium: ["net::ERR_ABORTED", "AbortError", "signal is aborted without reason", "The user aborted a request."],
      firefox: ["NS_BINDING_ABORTED", "The operation was aborted."],
      webkit: ["Fetch is aborted"],
      others: ["CanceledError: canceled"],
    },
    causes: ["the user left the page", "a component was unmounted, or a time-out of the page's own ran out"],
    fixes: [{ who: "client", what: "Ignore aborted requests in error handling and monitoring." }],
  },
  "not-in-cache": {
    kind: "request",
    phase,
    title: 'The page said cache: "only-if-cached", and nothing is cached',
    rule: "only-if-cached never asks the network.",
    section: httpNetworkOrCacheFetch,
    messages: { chromium: ["net::ERR_CACHE_MISS"] },
    causes: ['cache: "only-if-cached" without an entry'],
    fixes: [{ who: "client", what: 'Leave cache: "only-if-cached" away.' }],
  },
};
