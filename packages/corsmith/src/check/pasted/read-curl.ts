import type { Header } from "@corsmith/cors/browser";
import { type PastedRequest, PasteError } from "./pasted-request.ts";

/** The options that take a value, by their long names. */
const valueOptions: ReadonlySet<string> = new Set(
  (
    "header request data data-raw data-binary data-ascii data-urlencode json cookie user-agent referer user form " +
    "form-string upload-file range url output proxy max-time connect-timeout write-out cookie-jar cert key cacert " +
    "dump-header config proxy-user resolve retry max-redirs interface"
  ).split(" "),
);
/** What a letter stands for: `-H` is `--header`. */
const letters: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "H=header X=request d=data b=cookie A=user-agent e=referer u=user F=form T=upload-file r=range o=output x=proxy " +
    "m=max-time w=write-out c=cookie-jar E=cert D=dump-header K=config U=proxy-user k=insecure I=head G=get"
  )
    .split(" ")
    .map((pair) => pair.split("=")),
);

interface Draft {
  url?: string;
  method?: string;
  readonly headers: Header[];
  readonly bodies: string[];
  insecure: boolean;
  head: boolean;
  get: boolean;
  readonly notes: string[];
}

/**
 * Reads a curl command, split into words, without its `curl`.
 *
 * @throws {PasteError} if it names no URL
 */
export function readCurl(words: readonly string[]): PastedRequest {
  const draft: Draft = { headers: [], bodies: [], insecure: false, head: false, get: false, notes: [] };
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    for (const [name, attached] of optionsOf(word)) {
      apply(draft, name, attached ?? (valueOptions.has(name) ? (rest.shift() ?? "") : ""));
    }
  }
  return finish(draft);
}

/** `-sSkH` is four options, and the rest of the word is the value of one that takes a value. A word that is not an option is the URL. */
function optionsOf(word: string): readonly (readonly [name: string, attached?: string])[] {
  if (word.startsWith("--") && word.length > 2) {
    const [, name = "", value] = /^--([^=]+)(?:=([\s\S]*))?$/.exec(word) ?? [];
    return value === undefined ? [[name]] : [[name, value]];
  }
  if (!/^-./.test(word)) return [["url", word]];
  const found: (readonly [string, string?])[] = [];
  for (let at = 1; at < word.length; at += 1) {
    const name = letters[word[at] ?? ""] ?? "";
    if (!valueOptions.has(name)) {
      found.push([name]);
      continue;
    }
    const attached = word.slice(at + 1);
    found.push(attached === "" ? [name] : [name, attached]);
    break;
  }
  return found;
}

function apply(draft: Draft, name: string, value: string): void {
  if (name === "url") draft.url ??= value;
  else if (name === "request") draft.method = value;
  else if (name === "header") draft.headers.push(readHeader(value));
  else if (name === "user-agent" || name === "referer") draft.headers.push([name, value]);
  else if (name === "range") draft.headers.push([name, `bytes=${value}`]);
  // Without a `=` it names a file, and files stay where they are.
  else if (name === "cookie" && value.includes("=")) draft.headers.push([name, value]);
  else if (name === "user") draft.headers.push(["authorization", `Basic ${Buffer.from(value).toString("base64")}`]);
  else if (name === "insecure" || name === "head" || name === "get") draft[name] = true;
  else if (/^(?:data(?:-.*)?|json)$/.test(name)) applyData(draft, name, value);
  else if (/^(?:form(?:-string)?|upload-file)$/.test(name)) {
    draft.notes.push(`--${name}: the body is left out; its type is taken to be multipart/form-data.`);
    draft.method ??= name === "upload-file" ? "PUT" : "POST";
  }
}

function applyData(draft: Draft, name: string, value: string): void {
  draft.bodies.push(value);
  const type = name === "json" ? "application/json" : "application/x-www-form-urlencoded";
  if (!draft.headers.some(([known]) => known.toLowerCase() === "content-type"))
    draft.headers.push(["content-type", type]);
}

function readHeader(line: string): Header {
  const colon = line.indexOf(":");
  return colon < 0 ? [line.replace(/;$/, ""), ""] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}

function finish({ url, method, headers, bodies, insecure, head, get, notes }: Draft): PastedRequest {
  if (url === undefined) throw new PasteError("This curl command names no URL.", "Copy the whole command.");
  const isGet = get || bodies.length === 0;
  const chosen = method ?? (head ? "HEAD" : isGet ? undefined : "POST");
  const query = get && bodies.length > 0 ? `${url.includes("?") ? "&" : "?"}${bodies.join("&")}` : "";
  return {
    url: /^[a-z][\w+.-]*:\/\//i.test(url) ? url + query : `http://${url}${query}`,
    ...(chosen === undefined ? {} : { method: chosen }),
    // The type that curl guesses for a form comes before one that is written behind it.
    headers: lastContentType(get ? headers.filter(([name]) => !/^content-type$/i.test(name)) : headers),
    ...(isGet ? {} : { body: bodies.join("&") }),
    ...(insecure ? { insecure } : {}),
    notes,
  };
}

function lastContentType(headers: readonly Header[]): readonly Header[] {
  const last = headers.findLastIndex(([name]) => /^content-type$/i.test(name));
  return headers.filter(([name], index) => index === last || !/^content-type$/i.test(name));
}
