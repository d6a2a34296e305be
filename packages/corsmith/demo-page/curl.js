// A request as curl commands: what the browser sends, the preflight included, but without a browser's judgement of the answer.

// The headers that need no preflight when their value is a plain one; none of the demo's requests has another value.
// https://fetch.spec.whatwg.org/#cors-safelisted-request-header
const safelisted = new Set(["accept", "accept-language", "content-language", "range"]);

/**
 * @typedef {object} CurlRequest
 * @property {string} url
 * @property {string} method
 * @property {Record<string, string>} headers
 * @property {string | undefined} body
 * @property {boolean} preflight
 * @property {string} origin
 */

/**
 * @param {CurlRequest} request
 * @returns {string}
 */
export function curlFor(request) {
  const command = [
    `curl -i${request.method === "GET" ? "" : ` -X ${request.method}`} ${request.url}`,
    `-H ${quote(`Origin: ${request.origin}`)}`,
    ...Object.entries(request.headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...(request.body === undefined ? [] : [`--data ${quote(request.body)}`]),
    "-b cookies.txt -c cookies.txt",
  ];
  if (!request.preflight) return lines(command);
  return `# the preflight\n${lines(preflight(request))}\n\n# the request\n${lines(command)}`;
}

/**
 * https://fetch.spec.whatwg.org/#cors-preflight-fetch
 *
 * @param {CurlRequest} request
 */
function preflight({ url, method, headers, origin }) {
  const names = Object.keys(headers)
    .map((name) => name.toLowerCase())
    .filter((name) => !safelisted.has(name))
    .sort();
  return [
    `curl -i -X OPTIONS ${url}`,
    `-H ${quote(`Origin: ${origin}`)}`,
    `-H ${quote(`Access-Control-Request-Method: ${method}`)}`,
    ...(names.length === 0 ? [] : [`-H ${quote(`Access-Control-Request-Headers: ${names.join(",")}`)}`]),
  ];
}

/** @param {string[]} parts */
function lines(parts) {
  return parts.join(" \\\n  ");
}

/**
 * One word of a POSIX shell.
 *
 * @param {string} text
 */
function quote(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
