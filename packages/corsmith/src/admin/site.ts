import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

/** A file of a site, in the codings in which it can be sent. */
export interface SiteFile {
  readonly type: string;
  readonly etag: string;
  /** Does its name change with its content, so that it may be kept for ever? */
  readonly immutable: boolean;
  /** Resolves to the body in a coding. It is coded once, and not in this thread: that one has traffic to serve. */
  body(coding: Coding): Promise<Buffer>;
}

/** How a body is coded. */
export type Coding = "br" | "gzip" | "identity";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
};
const compressible = /^(text|application|image\/svg)/;

/**
 * The files below a folder, by their path. The list is made once, and nothing else is ever read: no path can lead out of the folder.
 * Without the folder there are no files.
 *
 * @param immutable the beginning of the paths whose names change with their content
 */
export function readSite(folder: URL, immutable: string): ReadonlyMap<string, SiteFile> {
  const paths = filesBelow(folder).filter((path) => extname(path).toLowerCase() in types);
  return new Map(
    paths.map((path) => [path, siteFile(readFileSync(new URL(`.${path}`, folder)), path, path.startsWith(immutable))]),
  );
}

/** A file with this content. @param name by whose ending its type is known */
export function siteFile(content: Buffer | string, name: string, immutable = false): SiteFile {
  const bytes = Buffer.from(content);
  const type = types[extname(name).toLowerCase()] ?? "application/octet-stream";
  const coded = new Map<Coding, Promise<Buffer>>([["identity", Promise.resolve(bytes)]]);
  return {
    type,
    immutable,
    etag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`,
    body(coding) {
      const known = coded.get(coding);
      if (known !== undefined) return known;
      const made = compressible.test(type) ? compress(bytes, coding) : Promise.resolve(bytes);
      coded.set(coding, made);
      return made;
    },
  };
}

/** The coding that is used for a reader who accepts these. */
export function chooseCoding(acceptEncoding: string): Coding {
  const accepted = acceptEncoding
    .toLowerCase()
    .split(",")
    .map((part) => part.split(";"));
  const accepts = (name: string): boolean =>
    accepted.some(([coding = "", quality = ""]) => coding.trim() === name && !/q=0(\.0*)?$/.test(quality.trim()));
  if (accepts("br")) return "br";
  return accepts("gzip") ? "gzip" : "identity";
}

async function compress(content: Buffer, coding: Coding): Promise<Buffer> {
  if (coding === "gzip") return await promisify(gzip)(content, { level: 9 });
  return await promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
}

function filesBelow(folder: URL): readonly string[] {
  try {
    return (
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => `${parentPath}/${name}`.replaceAll("\\", "/"))
        .map((name) => name.slice(decodeURIComponent(folder.pathname).length - 1).replace(/^\/*/, "/"))
        // What begins with a dot is the build's own.
        .filter((path) => !path.includes("/."))
    );
  } catch {
    return [];
  }
}
