import type { Theme } from "../failure.ts";
import { localNetworkAccess } from "../sections.ts";

const kind = "lookalike";
const phase = "network";
const section = localNetworkAccess;
const olderRule =
  "Older Chromium asked private addresses with a preflight of its own. Since Chromium 142 a permission of the user has taken its place.";

/** A page of the web reaches for the user's own network. Chromium asks the user first. */
export const localNetwork: Theme<
  | "local-network-access-denied"
  | "insecure-private-network"
  | "invalid-private-network-access"
  | "unexpected-private-network-access"
  | "private-network-permission-unavailable"
  | "preflight-missing-allow-private-network"
  | "preflight-invalid-allow-private-network"
> = {
  "local-network-access-denied": {
    kind,
    phase,
    title: "The user's permission for the local network is missing: it is not CORS",
    rule: "Since Chromium 142 a page of the web needs the user's permission to call a private address or the user's own machine. It is asked before any header, and no header grants it.",
    section,
    messages: {
      chromium: ["Permission was denied for this request to access the '{value}' address space."],
    },
    causes: [
      "the prompt was dismissed or denied",
      'the page is in a frame without the permission (allow="local-network-access"), or has no secure origin',
    ],
    fixes: [
      {
        who: "client",
        what: "Allow “local network access” for the site in its settings; or run the page on localhost too.",
      },
      { who: "server", what: "No header helps: tell your users what the prompt is for." },
    ],
  },
  "insecure-private-network": {
    kind,
    phase,
    title: "A page on http asked for the local network: it is not CORS",
    rule: "Only a secure page may ask for the local network.",
    section,
    messages: {
      chromium: [
        "The request client is not a secure context and the resource is in more-private address space '{value}'.",
      ],
    },
    causes: ["the page is served over http from a public address"],
    fixes: [{ who: "client", what: "Serve the page over https, or run it on localhost too." }],
    seeAlso: ["local-network-access-denied"],
  },
  "invalid-private-network-access": {
    kind,
    phase,
    title: "The page named the wrong address space",
    rule: "targetAddressSpace must be where the host really is.",
    section,
    messages: {
      chromium: ["Request had a target IP address space of '{value}' yet the resource is in address space"],
    },
    causes: ["the option targetAddressSpace is wrong", "the name leads elsewhere at home than at work"],
    fixes: [{ who: "client", what: "Name the right space, or none." }],
  },
  "unexpected-private-network-access": {
    kind,
    phase,
    title: "A public name led to a private address",
    rule: "A request whose target space was not named reached a private address.",
    section,
    messages: { chromium: ["Request had no target IP address space, yet the resource is in address space '{value}'."] },
    causes: ["the name leads to a private address: split DNS, a VPN"],
    fixes: [
      { who: "client", what: "Name targetAddressSpace." },
      { who: "proxy", what: "Publish the service at a public address." },
    ],
  },
  "private-network-permission-unavailable": {
    kind,
    phase,
    title: "The browser could not ask for the permission",
    rule: "The prompt needs a page at the top, and a permission policy that allows it.",
    section,
    messages: { chromium: ["Unable to ask for permission to access the '{value}' IP address space"] },
    causes: ["the request came from a worker or a frame without the permission"],
    fixes: [{ who: "client", what: "Ask from the page at the top; give the frame the permission." }],
    seeAlso: ["local-network-access-denied"],
  },
  "preflight-missing-allow-private-network": {
    kind,
    phase: "preflight",
    title: "Access-Control-Allow-Private-Network is missing, for an older Chromium",
    rule: olderRule,
    section,
    messages: {
      chromium: [
        "No 'Access-Control-Allow-Private-Network' header was present in the preflight response",
        "No 'Access-Control-Allow-External' header was present in the preflight response",
        "No 'Private-Network-Access-Id' header",
        "No 'Private-Network-Access-Name' header",
      ],
    },
    causes: ["the device or the local server does not send the header, and the browser is older"],
    fixes: [
      { who: "client", what: "Update the browser." },
      {
        who: "server",
        what: "While older browsers matter, send Access-Control-Allow-Private-Network: true to origins that you trust.",
      },
    ],
    seeAlso: ["local-network-access-denied"],
  },
  "preflight-invalid-allow-private-network": {
    kind,
    phase: "preflight",
    title: "Access-Control-Allow-Private-Network is not true, for an older Chromium",
    rule: olderRule,
    section,
    messages: {
      chromium: [
        "The 'Access-Control-Allow-Private-Network' header in the preflight response for this private network request had a value of '{value}'",
        "The 'Access-Control-Allow-External' header in the preflight response for this external request had a value of '{value}'",
      ],
    },
    causes: ["True, 1 or * instead of true"],
    fixes: [
      { who: "server", what: "Send exactly true." },
      { who: "client", what: "Update the browser." },
    ],
    seeAlso: ["local-network-access-denied"],
  },
};
