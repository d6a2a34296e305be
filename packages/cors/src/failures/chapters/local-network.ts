import { type Chapter, chapter } from "../chapter.ts";

const olderRule =
  "Older Chromium versions sent private addresses a preflight of their own. Since Chromium 142 the user's permission has replaced it.";

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
