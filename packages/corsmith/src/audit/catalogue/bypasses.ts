import { type CatalogueEntry, sections } from "./entry.ts";

/** What goes past the policy, or stands beside it. */
export const besideCatalogue = {
  "origin-as-authorization": {
    who: "server",
    section: sections.originHeader,
    title: "The Origin header opens the door",
    means: "Any program can send any Origin: whoever writes it gets what others are refused.",
    fix: "Authenticate. Origin tells which page a browser shows, and nothing about who asks.",
    cwe: [290, 346],
  },
  "path-normalisation-gap": {
    who: "server",
    section: sections.protocol,
    title: "Another spelling of the path has another policy",
    means: "A page that is refused here asks there, and one that is allowed fails.",
    fix: "Choose the policy by the route that was found, and not by the text of the path.",
    cwe: [436],
  },
  "legacy-private-network": {
    who: "server",
    section: sections.protocol,
    title: "Access-Control-Allow-Private-Network is granted to strangers",
    means: "Older versions of Chrome let public pages reach this API on a private network by it; newer ones ignore it.",
    fix: "Leave the header out.",
    cwe: [942],
  },
  "websocket-origin-unchecked": {
    who: "server",
    section: "https://www.rfc-editor.org/rfc/rfc6455#section-10.2",
    title: "A WebSocket opens for whatever origin asks",
    means: "CORS does not apply to WebSockets: any page opens one with its visitor's cookies, and reads and writes.",
    fix: "Compare Origin with the same list when a socket is opened; or ask for a token in its first message.",
    cwe: [1385],
  },
  "host-not-validated": {
    who: "server",
    section: "https://www.rfc-editor.org/rfc/rfc9110#section-7.4",
    title: "The service answers under whatever Host",
    means:
      "A page whose name is rebound to this address is of the same origin as the service: CORS never comes into it.",
    fix: "Answer to localhost and your own names only.",
    cwe: [350, 346],
  },
  "tao-wildcard": {
    who: "server",
    section: "https://www.w3.org/TR/resource-timing/#sec-timing-allow-origin",
    title: "Timing-Allow-Origin: * on data that are not public",
    means: "Any page measures how long the answer takes and how large it is, and guesses from that.",
    fix: "Name the origins, or leave the header out.",
    cwe: [200],
  },
  "jsonp-bypass": {
    who: "server",
    section: sections.protocol,
    title: "JSONP goes past the policy",
    means: "Any page loads the answer as a script, with cookies, and reads it: CORS never comes into it.",
    fix: "Take JSONP out.",
    cwe: [346],
  },
  "legacy-crossdomain-xml": {
    who: "server",
    section: sections.protocol,
    title: "A policy file of Flash or Silverlight lets everybody in",
    means: "No browser reads it any more; PDF readers and old programs do.",
    fix: "Delete the file.",
    cwe: [942],
  },
} as const satisfies Readonly<Record<string, CatalogueEntry>>;
