import { type Chapter, chapter } from "../chapter.ts";

const olderRule =
  "Older Chromium versions sent private addresses a preflight of their own. Since Chromium 142 the user's permission has replaced it.";

/** Another rule of the browser, the page or an extension blocked it. */
export const blocked: Chapter = chapter({ kind: "lookalike", phase: "network" })({
  "mixed-content": {
    title: "An https page requested http: this is not CORS",
    rule: "A secure page may not fetch from an insecure URL; it is blocked before anything is sent. http://localhost and http://127.0.0.1 are exceptions.",
    section: "mixed-content",
    messages: {
      chromium: [
        "Mixed Content: The page at '{from}' was loaded over HTTPS, but requested an insecure {value} '{url}'.",
      ],
      firefox: ["Blocked loading mixed active content '{url}'"],
      webkit: [
        "The page at {from} was not allowed to display insecure content from {url}",
        "The page at {from} was not allowed to run insecure content from {url}",
        "requested insecure content from {url}",
      ],
    },
    causes: ["the base URL of the API starts with http:"],
    fixes: { client: "Write https: in the URL.", server: "Offer https." },
    seeAlso: ["preflight-redirect-http-to-https"],
  },
  "blocked-by-client": {
    title: "An extension or the browser's administrator blocked it: this is not CORS",
    rule: "The request was stopped inside the browser, before anything was sent.",
    section: "network-error",
    messages: {
      chromium: ["net::ERR_BLOCKED_BY_CLIENT", "net::ERR_BLOCKED_BY_ADMINISTRATOR"],
      firefox: ["CORS request did not succeed"],
      webkit: [
        "Content blocker prevented frame displaying",
        "Blocked by content blocker",
        "Blocked by content extension",
      ],
    },
    causes: ["an ad or tracker blocker matches the URL (/ads, /track, /collect, /analytics)", "a company policy"],
    fixes: { client: "Try a clean profile; rename the path to something that no block list matches." },
  },
  "blocked-by-csp": {
    phase: "request",
    title: "The page's own Content-Security-Policy forbids it: this is not CORS",
    rule: "The page's connect-src says where its scripts may connect. It is checked before anything is sent.",
    section: "csp",
    messages: {
      chromium: [
        "Refused to connect to '{url}' because it violates the following Content Security Policy directive:",
        "violates the following Content Security Policy directive:",
        "Refused to connect because it violates the document's Content Security Policy.",
      ],
      firefox: [
        "The page's settings blocked the loading of a resource ({what}) at {url} because it violates the following directive:",
        "The page's settings blocked the loading of a resource at {url}",
      ],
      webkit: ["Refused to connect to {url} because it", "Blocked by Content Security Policy"],
    },
    causes: ["the page's connect-src (or default-src) does not name the API"],
    fixes: { client: "Add the API's origin to the page's connect-src." },
  },
  "blocked-by-corp": {
    phase: "response",
    title: "Cross-Origin-Resource-Policy blocked the load: this is not CORS",
    rule: "A response to a no-cors request (an <img>, a <script>) may say who can embed it; a page with COEP: require-corp insists that it does.",
    section: "cross-origin-resource-policy-check",
    messages: {
      chromium: ["net::ERR_BLOCKED_BY_RESPONSE", "corp-not-same-origin", "corp-not-same-site"],
      firefox: ["was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof)."],
      webkit: [
        "Cancelled load to {url} because it violates the resource's Cross-Origin-Resource-Policy response header.",
      ],
    },
    causes: [
      "the response says same-origin or same-site",
      "the page is isolated (COEP), and the response says nothing",
    ],
    fixes: {
      server: "Send Cross-Origin-Resource-Policy: cross-origin with public resources.",
      client: "Load it with CORS: crossorigin on the element, or fetch().",
    },
  },
  "blocked-by-orb": {
    phase: "response",
    title: "Opaque response blocking withheld the response: this is not CORS",
    rule: "A no-cors load of an image, a script or media gets the response only if it is one.",
    section: "orb",
    messages: {
      chromium: ["net::ERR_BLOCKED_BY_ORB", "Cross-Origin Read Blocking (CORB) blocked cross-origin response"],
      firefox: ["was blocked by OpaqueResponseBlocking", "OpaqueResponseBlocking"],
    },
    causes: ["an <img> or <script> that points to JSON, or to an HTML error page"],
    fixes: {
      server: "Send the right Content-Type; fix the 404 behind it.",
      client: "Load data with fetch() and CORS.",
    },
  },
  "forbidden-request-header": {
    phase: "request",
    title: "The page set a header that only the browser may set",
    rule: "Origin, Host, Cookie, Sec-… and a few others are set by the browser alone; a value set by a script is dropped.",
    section: "forbidden-request-header",
    messages: {
      chromium: ["Refused to set unsafe header '{header}'"],
      firefox: ["Attempt to set a forbidden header was denied: {header}"],
      webkit: ["Refused to set unsafe header '{header}'"],
    },
    causes: ["the code sets Origin, Host or Cookie by hand"],
    fixes: { client: "Do not set it: the browser sends Origin by itself." },
  },
});

/** A public page calls the user's own network. Chromium asks the user first. */
export const localNetwork: Chapter = chapter({
  kind: "lookalike",
  phase: "network",
  section: "local-network-access",
  rule: olderRule,
})({
  "local-network-access-denied": {
    title: "The user has not permitted local network access: this is not CORS",
    rule: "Since Chromium 142 a public page needs the user's permission to call a private address or the user's own machine. The prompt comes before any header is read, and no header grants it.",
    messages: { chromium: ["Permission was denied for this request to access the '{value}' address space."] },
    causes: [
      "the prompt was dismissed or denied",
      'the page is in a frame without the permission (allow="local-network-access"), or its origin is not secure',
    ],
    fixes: {
      client: "Allow “local network access” in the site's settings, or serve the page from localhost too.",
      server: "No header helps: explain the prompt to your users.",
    },
  },
  "insecure-private-network": {
    title: "An http page called the local network: this is not CORS",
    rule: "Only a secure page may request local network access.",
    messages: {
      chromium: [
        "The request client is not a secure context and the resource is in more-private address space '{value}'.",
      ],
    },
    causes: ["the page is served over http from a public address"],
    fixes: { client: "Serve the page over https, or from localhost too." },
    seeAlso: ["local-network-access-denied"],
  },
  "invalid-private-network-access": {
    title: "The page named the wrong address space",
    rule: "targetAddressSpace must match the address space of the host.",
    messages: {
      chromium: ["Request had a target IP address space of '{value}' yet the resource is in address space"],
    },
    causes: ["the option targetAddressSpace is wrong", "the name resolves differently at home and at work"],
    fixes: { client: "Name the right address space, or remove the option." },
  },
  "unexpected-private-network-access": {
    title: "A public name resolved to a private address",
    rule: "A request without a targetAddressSpace reached a private address.",
    messages: {
      chromium: ["Request had no target IP address space, yet the resource is in address space '{value}'."],
    },
    causes: ["the name resolves to a private address: split DNS, a VPN"],
    fixes: { client: "Set targetAddressSpace.", proxy: "Publish the service at a public address." },
  },
  "private-network-permission-unavailable": {
    title: "The browser could not ask for the permission",
    rule: "The prompt needs a top-level page, and a permissions policy that allows it.",
    messages: { chromium: ["Unable to ask for permission to access the '{value}' IP address space"] },
    causes: ["the request came from a worker or a frame without the permission"],
    fixes: { client: "Send the request from the top-level page, or give the frame the permission." },
    seeAlso: ["local-network-access-denied"],
  },
  "preflight-missing-allow-private-network": {
    phase: "preflight",
    title: "Access-Control-Allow-Private-Network is missing, in an older Chromium",
    messages: {
      chromium: [
        "No 'Access-Control-Allow-Private-Network' header was present in the preflight response",
        "No 'Access-Control-Allow-External' header was present in the preflight response",
        "No 'Private-Network-Access-Id' header",
        "No 'Private-Network-Access-Name' header",
      ],
    },
    causes: ["the device or the local server does not send the header, and the browser is an older one"],
    fixes: {
      client: "Update the browser.",
      server:
        "While you support older browsers, send Access-Control-Allow-Private-Network: true to origins that you trust.",
    },
    seeAlso: ["local-network-access-denied"],
  },
  "preflight-invalid-allow-private-network": {
    phase: "preflight",
    title: "Access-Control-Allow-Private-Network is not true, in an older Chromium",
    messages: {
      chromium: [
        "The 'Access-Control-Allow-Private-Network' header in the preflight response for this private network request had a value of '{value}'",
        "The 'Access-Control-Allow-External' header in the preflight response for this external request had a value of '{value}'",
      ],
    },
    causes: ["True, 1 or * instead of true"],
    fixes: { server: "Send exactly true.", client: "Update the browser." },
    seeAlso: ["local-network-access-denied"],
  },
});
