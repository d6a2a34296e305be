import type { ExplanationCode } from "../../failures/chapter.ts";
import { isCorsResponseHeader, isForbiddenRequestHeader } from "../../http/header-names.ts";
import { isForbiddenMethod } from "../../http/methods.ts";
import { isCanonicalHost } from "../../origin/host.ts";
import type { Facts } from "../facts.ts";

/** The stacks that snippets are written for, by name. */
export const stacks = [
  "http",
  "corsmith",
  "corsmith-cors",
  "express",
  "fastify",
  "koa",
  "hono",
  "fastapi",
  "django",
  "spring",
  "go",
  "nginx",
  "apache",
  "caddy",
  "haproxy",
  "api-gateway",
  "s3",
  "fetch",
] as const;

/** Which server, proxy, cloud or page a snippet is for: one of {@link stacks}. `http` is the response itself, whatever sends it. */
export type Stack = (typeof stacks)[number];

/** A few lines that end a failure, written for one stack. */
export interface Snippet<Name extends string = Stack> {
  readonly stack: Name;
  /** The stack's name, and what has to be installed for it. */
  readonly title: string;
  /** For a highlighter: `js`, `ts`, `python`, `nginx`, `yaml` … */
  readonly language: string;
  readonly code: string;
}

/** What a server should allow: the user's own origin, method and header, and what else such a server usually needs. */
export interface SnippetInput {
  readonly code: ExplanationCode;
  readonly origin: string;
  readonly credentials: boolean;
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  /** Names for Access-Control-Expose-Headers. */
  readonly expose: readonly string[];
}

/** Writes the snippet of one stack. */
export type SnippetWriter = (input: SnippetInput) => Snippet;

/** The writer of a snippet from its lines. */
export function writer(
  stack: Stack,
  title: string,
  language: string,
  lines: (input: SnippetInput) => readonly string[],
): SnippetWriter {
  return (input) => ({ stack, title, language, code: lines(input).join("\n") });
}

const exampleOrigin = "https://app.example.com";
const usualMethods: readonly string[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const usualHeaders: readonly string[] = ["authorization", "content-type"];

/**
 * The input from what is known. Facts come from untrusted text and go into configuration files: anything that is not exactly an origin, a
 * method or a header name is left out, and so is what no policy can allow.
 */
export function snippetInput(code: ExplanationCode, { origin, method, header }: Facts): SnippetInput {
  const exposes = code === "response-header-not-exposed";
  const isMethod = method !== undefined && /^[A-Za-z]{1,20}$/.test(method) && !isForbiddenMethod(method);
  const named = isMethod ? method.toUpperCase() : undefined;
  const asked =
    header !== undefined && isUsableHeader(header.toLowerCase(), exposes) ? header.toLowerCase() : undefined;
  return {
    code,
    origin: origin !== undefined && isPlainOrigin(origin) ? origin : exampleOrigin,
    credentials: code.includes("credentials") && code !== "url-contains-credentials",
    methods: named === undefined ? usualMethods : [...new Set(["GET", "POST", named])],
    headers: asked === undefined || exposes ? usualHeaders : [...new Set([...usualHeaders, asked])],
    expose: exposes ? [asked ?? "etag"] : [],
  };
}

/** What a stack calls its settings. */
export type SettingNames = readonly [credentials: string, methods: string, headers: string, expose: string];

/** The settings that the input needs, except the origin: under the stack's names, each written as a line. */
export function settingLines(
  { credentials, methods, headers, expose }: SnippetInput,
  [credentialsName, methodsName, headersName, exposeName]: SettingNames,
  write: (name: string, value: true | readonly string[]) => string,
): readonly string[] {
  return [
    ...(credentials ? [write(credentialsName, true)] : []),
    write(methodsName, methods),
    write(headersName, headers),
    ...(expose.length > 0 ? [write(exposeName, expose)] : []),
  ];
}

function isUsableHeader(name: string, exposes: boolean): boolean {
  if (!/^[a-z0-9-]{1,64}$/.test(name) || isCorsResponseHeader(name)) return false;
  return exposes ? !/^(?:set-cookie|access-control-|origin$)/.test(name) : !isForbiddenRequestHeader(name);
}

/** Is this an origin as a browser sends it: of a scheme that pages have, with a host in its one form, without the default port? */
function isPlainOrigin(text: string): boolean {
  const [, scheme = "", host = "", port = ""] =
    /^([a-z][a-z0-9+.-]{0,30}):\/\/(\[[0-9a-f:]+\]|[a-z0-9._-]+)(:[1-9]\d{0,4})?$/.exec(text) ?? [];
  const isPage = /^(?:https?|.+-extension|capacitor|ionic|tauri)$/.test(scheme) && isCanonicalHost(host);
  return isPage && !/^https:443$|^http:80$/.test(scheme + port) && Number(port.slice(1)) <= 65_535;
}
