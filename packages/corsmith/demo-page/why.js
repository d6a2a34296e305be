// One plain sentence on why the script saw what it saw. A page cannot know the reason of a failure, only where it is written: so the
// sentence about a failure says where to look. What stands between backquotes is code.

/**
 * @param {import("./requests.js").DemoRequest} request
 * @param {string} path
 * @returns {string}
 */
export function whyReadable(request, path) {
  const log = `the gateway’s log has \`${request.method} ${path}\` as “allowed”`;
  const handedOver = `The answer named this page’s origin, so the browser handed it over; ${log}`;
  const asked = request.preflight ? ", and `OPTIONS` before it where the browser did not remember an earlier yes" : "";
  return [`${handedOver}${asked}.`, ...(request.readable === undefined ? [] : [request.readable])].join(" ");
}

/**
 * @param {import("./requests.js").DemoRequest} request
 * @param {string} path
 * @param {boolean} pageIsAllowed
 * @returns {string}
 */
export function whyFailed(request, path, pageIsAllowed) {
  const reason = pageIsAllowed ? (request.refusal ?? "allowed") : "origin-refused";
  const where = request.preflight
    ? `\`OPTIONS ${path}\`, which should say “${reason}”, with no \`${request.method}\` after it: the browser never sent that`
    : `\`${request.method} ${path}\`, which should say “${reason}”, with the status that the API did answer`;
  return `A script is told no more than this; look in the gateway’s log for ${where}.`;
}
