import type { Theme } from "../failure.ts";
import { filteredResponse, mutedErrors, originClean } from "../sections.ts";

const kind = "silent";

/** The request succeeds, and the page still does not get what it wants. */
export const silent: Theme<"response-header-not-exposed" | "canvas-or-media-tainted" | "script-error-muted"> = {
  "response-header-not-exposed": {
    kind,
    phase: "page",
    title: "The page cannot read a header of the answer",
    rule: "Across origins a page sees Cache-Control, Content-Language, Content-Length, Content-Type, Expires, Last-Modified and Pragma; every other header must stand in Access-Control-Expose-Headers. With credentials * is only a name there.",
    section: filteredResponse,
    messages: {
      chromium: ["Refused to get unsafe header '{header}'"],
      webkit: ["Refused to get unsafe header '{header}'"],
    },
    causes: ["ETag, Location, Content-Disposition, X-Total-Count, Retry-After or Mcp-Session-Id is not exposed"],
    fixes: [
      {
        who: "server",
        what: "Name it in Access-Control-Expose-Headers, on the answer to the request and not on the preflight's.",
      },
    ],
  },
  "canvas-or-media-tainted": {
    kind,
    phase: "page",
    title: "An image, a video or a font was loaded without CORS",
    rule: "What was loaded without CORS can be shown and not read: the canvas that holds it gives nothing back.",
    section: originClean,
    messages: {
      chromium: ["Tainted canvases may not be exported.", "The canvas has been tainted by cross-origin data."],
      firefox: ["The operation is insecure."],
      webkit: [
        "The operation is insecure.",
        "Unable to get image data from canvas because the canvas has been tainted",
      ],
    },
    causes: ["crossorigin is missing on the element", "the first load without it is still in the cache"],
    fixes: [
      { who: "client", what: 'Write crossorigin="anonymous" wherever the URL is used.' },
      { who: "server", what: "Answer with Access-Control-Allow-Origin and Vary: Origin." },
    ],
    seeAlso: ["cached-response-without-cors"],
  },
  "script-error-muted": {
    kind,
    phase: "page",
    title: "window.onerror says only “Script error.”",
    rule: "Errors of a script from another origin are muted, unless it was loaded by CORS.",
    section: mutedErrors,
    messages: {
      chromium: ["Script error."],
      firefox: ["Script error."],
      webkit: ["Script error."],
    },
    causes: ["a script of a CDN without crossorigin"],
    fixes: [
      { who: "client", what: 'Write crossorigin="anonymous" on the <script>.' },
      { who: "server", what: "Let the CDN answer with Access-Control-Allow-Origin." },
    ],
  },
};
