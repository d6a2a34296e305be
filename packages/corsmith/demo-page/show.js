// Puts what was seen on the page. Text only ever goes in as text.

/**
 * @param {HTMLElement} row
 * @param {import("./send.js").Seen} seen
 */
export function showSeen(row, seen) {
  const place = part(row, ".seen");
  place.replaceChildren(...(seen.kind === "failed" ? [block(seen.error, "The error")] : readable(seen)));
}

/**
 * @param {HTMLElement} row
 * @param {import("./send.js").Seen} seen
 */
export function showVerdict(row, seen) {
  row.setAttribute("data-outcome", seen.kind);
  const took = seen.milliseconds < 1000 ? `${seen.milliseconds} ms` : `${(seen.milliseconds / 1000).toFixed(1)} s`;
  const strong = element("strong", seen.kind === "failed" ? "TypeError" : `${seen.status} ${seen.statusText}`.trim());
  const rest = seen.kind === "failed" ? "the browser let the script read nothing" : "the script could read the answer";
  part(row, ".verdict").replaceChildren(strong, `: ${rest}, after ${took}.`);
}

/**
 * @param {HTMLElement} row
 * @param {string} commands
 */
export function showCurl(row, commands) {
  part(row, ".commands").replaceChildren(block(commands, "curl commands"));
}

/**
 * @param {HTMLElement} row
 * @param {string} sentence With code between backquotes.
 */
export function showWhy(row, sentence) {
  const pieces = sentence.split("`").map((piece, index) => (index % 2 === 1 ? element("code", piece) : piece));
  part(row, ".why").replaceChildren(...pieces);
}

/**
 * The element that must be there.
 *
 * @param {ParentNode} parent
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function part(parent, selector) {
  const found = parent.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`The page has no ${selector}.`);
  return found;
}

/** @param {Extract<import("./send.js").Seen, { kind: "readable" }>} seen */
function readable(seen) {
  const list = element("dl");
  for (const [name, value] of seen.headers) {
    const pair = element("div");
    pair.append(element("dt", name), element("dd", value));
    list.append(pair);
  }
  list.className = "headers";
  return [list, seen.body === "" ? element("p", "No body.") : block(pretty(seen.body), "The body")];
}

/** @param {string} body */
function pretty(body) {
  try {
    const value = JSON.parse(body);
    if (!Array.isArray(value)) return JSON.stringify(value, null, 2);
    return `[\n${value.map((member) => `  ${JSON.stringify(member)}`).join(",\n")}\n]`;
  } catch {
    return body.trimEnd();
  }
}

/**
 * Scrolls when it is long, so the keyboard must be able to reach it, and it needs a name.
 *
 * @param {string} text
 * @param {string} label
 */
function block(text, label) {
  const pre = element("pre");
  pre.tabIndex = 0;
  pre.setAttribute("role", "group");
  pre.setAttribute("aria-label", label);
  pre.append(element("code", text));
  return pre;
}

/**
 * @param {string} name
 */
function element(name, text = "") {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
