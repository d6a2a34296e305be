// Makes one request and reports what the browser let the script see: never more, and never a guess.

/**
 * @typedef {{ kind: "readable", status: number, statusText: string, headers: [string, string][], body: string, milliseconds: number }
 *   | { kind: "failed", error: string, milliseconds: number }} Seen
 */

/**
 * @param {string} url
 * @param {RequestInit} init
 * @param {(seen: Seen) => void} onProgress Called with what is there so far, again and again while a body arrives.
 * @returns {Promise<Seen>}
 */
export async function send(url, init, onProgress) {
  const began = performance.now();
  const milliseconds = () => Math.round(performance.now() - began);
  try {
    const response = await fetch(url, { ...init, credentials: "include" });
    const head = { status: response.status, statusText: response.statusText, headers: [...response.headers] };
    let body = "";
    const seen = () => ({ kind: /** @type {const} */ ("readable"), ...head, body, milliseconds: milliseconds() });
    for await (const text of texts(response)) {
      body += text;
      onProgress(seen());
    }
    return seen();
  } catch (error) {
    return { kind: "failed", error: String(error), milliseconds: milliseconds() };
  }
}

/**
 * Not `for await` over the body itself: Safari has no asynchronous iteration of streams.
 *
 * @param {Response} response
 */
async function* texts(response) {
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
