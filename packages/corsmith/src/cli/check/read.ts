import { type Engine, type Header, hidden } from "@corsmith/cors/browser";
import type { CheckRequest } from "../../check/check-request.ts";
import { type PageRequest, PasteError } from "../../check/pasted/pasted-request.ts";
import type { ConfigFinding } from "../../config/config-finding.ts";
import { realEngines } from "../../engines/ask-engine.ts";
import { isSecretHeader } from "../../live/headers.ts";
import { checkName, readOneOf, readTimeout, readUrl, usage } from "../read-arguments.ts";
import { type CheckFlags, type CheckInput, readSource, type Source } from "./read-source.ts";

/** Reads the arguments: what is to be checked, how, and what was left out of what was pasted. Every mistake is reported at once. */
export async function readCheck(input: CheckInput, flags: CheckFlags) {
  try {
    return toCheck(await readSource(input, flags), flags);
  } catch (error) {
    if (!(error instanceof PasteError)) throw error;
    return { findings: [usage("URL", typeof input === "string" ? input : undefined, error.message, error.fix)] };
  }
}

function toCheck({ page, pasted }: Source, flags: CheckFlags) {
  const findings: ConfigFinding[] = [];
  const origin = readOrigin(flags.origin ?? page.origin, page.url, findings);
  const url = readUrl(page.url, findings);
  const engine = readOneOf("--engine", "engine", engines, flags.engine, findings, nicknames);
  const browser = readOneOf("--browser", "browser", realEngines, flags.browser, findings, nicknames);
  const timeoutSeconds = readTimeout(flags.timeout, findings);
  for (const [name] of page.headers) checkName(name, findings);
  if (findings.length > 0 || origin === undefined || url === undefined) return { findings };
  const keeps = !pasted || flags.sendSecrets === true;
  const options = {
    send: flags.send === true,
    insecure: flags.insecure ?? page.insecure ?? false,
    probes: flags.probes !== false,
    ...(engine && { engine }),
    ...(browser && { browser }),
    ...(timeoutSeconds && { timeoutSeconds }),
  };
  const request = { ...requestOf(page, flags, keeps), url, origin };
  return { request, options, notes: [...page.notes, ...(keeps ? [] : secretNotes(page))] };
}

function requestOf(page: PageRequest, flags: CheckFlags, keeps: boolean): Omit<CheckRequest, "url" | "origin"> {
  const { mode, cookies, headers } = page;
  const body = flags.data ?? page.body;
  return {
    method: flags.method ?? page.method ?? (flags.data === undefined ? "GET" : "POST"),
    headers: keeps ? headers : headers.map(guarded),
    credentials: flags.credentials ?? page.credentials ?? false,
    ...(keeps && cookies !== undefined ? { cookies } : {}),
    ...(mode && { mode }),
    ...(flags.send === true && body !== undefined ? { body } : {}),
  };
}

function guarded([name, value]: Header): Header {
  return isSecretHeader(name) ? [name, hidden] : [name, value];
}

function secretNotes({ headers, cookies }: PageRequest): readonly string[] {
  const names = [...headers.map(([name]) => name).filter(isSecretHeader), ...(cookies === undefined ? [] : ["Cookie"])];
  return names.length === 0
    ? []
    : [`Not sent: the value of ${names.join(", ")}. --send-secrets sends what was pasted.`];
}

function readOrigin(text: string | undefined, url: string, findings: ConfigFinding[]): string | undefined {
  if (text === undefined) {
    const message = "--origin is missing: the origin of the page that calls the API. Without it CORS does not apply.";
    const fix = "--origin https://app.example.com: what location.origin shows on the page.";
    findings.push(usage("--origin", undefined, message, fix));
    return undefined;
  }
  if (text === "null") return text;
  const parsed = URL.parse(text);
  if (parsed?.origin === text) return text;
  const guess = parsed !== null && parsed.origin !== "null" ? parsed.origin : guessOrigin(text, url);
  const message = "This is not an origin: scheme://host[:port], in lower case, with nothing after it.";
  findings.push(usage("--origin", text, message, guess));
  return undefined;
}

function guessOrigin(text: string, url: string): string {
  const scheme = url.startsWith("http:") ? "http" : "https";
  return URL.parse(`${scheme}://${text}`)?.origin ?? "https://app.example.com";
}

const engines: readonly Engine[] = ["standard", "chromium", "firefox", "webkit"];
/** What people call them. */
const nicknames: Readonly<Record<string, Engine>> = {
  chrome: "chromium",
  edge: "chromium",
  safari: "webkit",
  gecko: "firefox",
  fetch: "standard",
};
