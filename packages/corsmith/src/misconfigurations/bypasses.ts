import type { Misconfiguration } from "./misconfiguration.ts";

/** What bypasses the policy, or is outside it. */
export const bypasses = {
  "origin-as-authorization": {
    title: "The Origin header replaces authentication",
    means: "Any program can send any Origin, and one that does gets what others are refused.",
    fix: "Authenticate. Origin tells which page a browser shows, and nothing about who is asking.",
    section: "origin-header",
    cwe: [290, 346],
  },
  "path-normalisation-gap": {
    title: "Another spelling of the path has another policy",
    means: "A page that is refused here gets access there, and one that is allowed fails.",
    fix: "Choose the policy by the matched route, and not by the text of the path.",
    section: "cors-protocol",
    cwe: [436],
  },
  "legacy-private-network": {
    title: "Access-Control-Allow-Private-Network is granted to any page",
    means: "It let public pages reach this API on a private network in older versions of Chrome; newer ones ignore it.",
    fix: "Remove the header.",
    section: "cors-protocol",
    cwe: [942],
  },
  "websocket-origin-unchecked": {
    title: "A WebSocket opens for any origin",
    means: "CORS does not apply to WebSockets: any page opens one with its visitor's cookies, and reads and writes.",
    fix: "Compare Origin with the same list when a socket is opened, or require a token in its first message.",
    section: "websocket-origin",
    cwe: [1385],
  },
  "host-not-validated": {
    title: "The service answers under any Host",
    means: "A page whose name is rebound to this address has the service's own origin: CORS does not apply.",
    fix: "Answer to localhost and your own names only.",
    section: "host",
    cwe: [350, 346],
  },
  "tao-wildcard": {
    title: "Timing-Allow-Origin: * on data that is not public",
    means: "Any page measures how long the response takes and how large it is, and draws conclusions from that.",
    fix: "Name the origins, or remove the header.",
    section: "timing-allow-origin",
    cwe: [200],
  },
  "jsonp-bypass": {
    title: "JSONP bypasses the policy",
    means: "Any page loads the response as a script, with cookies, and reads it: CORS does not apply.",
    fix: "Remove JSONP support.",
    section: "cors-protocol",
    cwe: [346],
  },
  "legacy-crossdomain-xml": {
    title: "A policy file for Flash or Silverlight allows everyone",
    means: "No browser reads it any more; PDF readers and old programs do.",
    fix: "Delete the file.",
    section: "cors-protocol",
    cwe: [942],
  },
} as const satisfies Readonly<Record<string, Misconfiguration>>;
