import { curlFor } from "./curl.js";
import { groups } from "./requests.js";
import { send } from "./send.js";
import { part, showCurl, showSeen, showVerdict, showWhy } from "./show.js";
import { whyFailed, whyReadable } from "./why.js";

const facts = await (await fetch("demo.json")).json();
// By what the browser says, and not by the port it was served from: who opens the allowed page by another host name is on another origin.
const allowed = location.origin === facts.allowedOrigin;

/**
 * The orders that this page knows of; the first one is there from the beginning.
 *
 * @type {number[]}
 */
let orderIds = [1];
/** @type {(() => void)[]} */
const refreshers = [];

showStanding();
if (facts.api !== null) showRequests();

function showStanding() {
  document.body.setAttribute("data-standing", allowed ? "allowed" : "refused");
  document.title = `${allowed ? "Allowed" : "Not allowed"} · Corsmith demo`;
  text("own-origin", location.origin);
  text("allowed-origin", facts.allowedOrigin);
  text("api-origin", facts.api ?? "not started yet: reload in a moment");
  text("standing-headline", allowed ? "This page’s origin is allowed" : "This page’s origin is not allowed");
  text(
    "standing-sentence",
    allowed
      ? "The browser lets its scripts read the API’s answers, errors included."
      : "The browser hides every answer of the API from its scripts.",
  );
  const other = part(document, "#other-page");
  other.setAttribute("href", `${allowed ? facts.refusedOrigin : facts.allowedOrigin}/`);
  other.textContent = allowed ? "Open the same page where it is not allowed" : "Open the same page where it is allowed";
  other.hidden = false;
}

function showRequests() {
  const rows = part(document, "#rows");
  for (const group of groups) {
    const section = copy("group-template");
    part(section, "h2").textContent = group.title;
    for (const request of group.requests) section.append(rowFor(request));
    rows.append(section);
  }
}

/** @param {import("./requests.js").DemoRequest} request */
function rowFor(request) {
  const row = copy("row-template");
  row.id = request.id;
  const button = part(row, ".ask button");
  button.textContent = request.title;
  part(row, ".note").textContent = request.note;
  part(row, ".copy").setAttribute("aria-label", `Copy the curl commands: ${request.title}`);
  const refresh = () => {
    // Beside a result stands the request that it belongs to, not the next one.
    if (!row.hasAttribute("data-outcome")) showRequestLine(row, request.method, request.path(currentOrder()));
  };
  refresh();
  refreshers.push(refresh);
  button.addEventListener("click", () => press(request, row, button));
  part(row, ".copy").addEventListener("click", () => copyCurl(row));
  return row;
}

/**
 * @param {import("./requests.js").DemoRequest} request
 * @param {HTMLElement} row
 * @param {HTMLElement} button
 */
async function press(request, row, button) {
  if (button.getAttribute("aria-disabled") === "true") return;
  // Not `disabled`: that would throw the keyboard's focus off the button.
  button.setAttribute("aria-disabled", "true");
  const path = request.path(currentOrder());
  const url = `${facts.api}${path}`;
  const headers = request.headers();
  const body = request.body === undefined ? null : JSON.stringify(request.body);
  row.setAttribute("data-outcome", "waiting");
  showRequestLine(row, request.method, path);
  part(row, ".verdict").textContent = "Sent; waiting…";
  part(row, ".seen").replaceChildren();
  showWhy(row, "");
  showCurl(row, curlFor({ ...request, url, headers, body: body ?? undefined, origin: location.origin }));
  part(row, ".result").hidden = false;

  const seen = await send(url, { method: request.method, headers, body }, (soFar) => showSeen(row, soFar));
  showSeen(row, seen);
  showVerdict(row, seen);
  const failed = seen.kind === "failed";
  showWhy(row, failed ? whyFailed(request, path, allowed) : whyReadable(request, path));
  if (seen.kind === "readable") remember(request, path, seen);
  button.removeAttribute("aria-disabled");
}

/**
 * @param {HTMLElement} row
 * @param {string} method
 * @param {string} path
 */
function showRequestLine(row, method, path) {
  part(row, ".request-line code").textContent = `${method} ${path}`;
}

/**
 * Keeps up with the orders, so that the next change or delete is of one that exists.
 *
 * @param {import("./requests.js").DemoRequest} request
 * @param {string} path
 * @param {Extract<import("./send.js").Seen, { kind: "readable" }>} seen
 */
function remember(request, path, seen) {
  if (seen.status >= 300) return;
  if (request.id === "list") orderIds = JSON.parse(seen.body).map((/** @type {{ id: number }} */ order) => order.id);
  if (request.id === "create") orderIds = [...orderIds, JSON.parse(seen.body).id];
  if (request.id === "delete") orderIds = orderIds.filter((id) => path !== `/orders/${id}`);
  for (const refresh of refreshers) refresh();
}

function currentOrder() {
  return orderIds.at(-1) ?? 1;
}

/** @param {HTMLElement} row */
async function copyCurl(row) {
  const button = part(row, ".copy");
  try {
    await navigator.clipboard.writeText(part(row, ".commands code").textContent);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Select and copy by hand";
  }
  setTimeout(() => {
    button.textContent = "Copy";
  }, 2000);
}

/** @param {string} template */
function copy(template) {
  const { content } = /** @type {HTMLTemplateElement} */ (part(document, `#${template}`));
  return part(/** @type {DocumentFragment} */ (content.cloneNode(true)), "*");
}

/**
 * @param {string} id
 * @param {string} value
 */
function text(id, value) {
  part(document, `#${id}`).textContent = value;
}
