import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

/** A file of a site, in the codings in which it can be sent. */
export interface SiteFile {
  readonly type: string;
  readonly etag: string;
  /** Does its name change with every edit, so that it may be kept for ever? */
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
 * @param immutable the beginning of the paths whose names change with every edit
 */
export function readSite(folder: URL, immutable: string): ReadonlyMap<string, SiteFile> {
  return new Map(
    filesBelow(folder).flatMap((path) => {
      const type = types[extname(path).toLowerCase()];
      return type === undefined
        ? []
        : [[path, siteFile(new URL(`.${path}`, folder), type, path.startsWith(immutable))]];
    }),
  );
}

/** A file that is made here, or comes from elsewhere. @param ending by which its type is told */
export function memoryFile(content: Buffer, ending: keyof typeof types): SiteFile {
  return codedFile(content, types[ending] ?? "application/octet-stream", false);
}

function siteFile(url: URL, type: string, immutable: boolean): SiteFile {
  return codedFile(readFileSync(url), type, immutable);
}

function codedFile(content: Buffer, type: string, immutable: boolean): SiteFile {
  const coded = new Map<Coding, Promise<Buffer>>([["identity", Promise.resolve(content)]]);
  return {
    type,
    immutable,
    etag: `"${createHash("sha256").update(content).digest("base64url").slice(0, 22)}"`,
    body(coding) {
      const known = coded.get(coding);
      if (known !== undefined) return known;
      const made = compressible.test(type) ? compress(content, coding) : Promise.resolve(content);
      coded.set(coding, made);
      return made;
    },
  };
}

/** The coding that is used for a reader who takes these. */
export function chooseCoding(acceptEncoding: string | undefined): Coding {
  const taken = (acceptEncoding ?? "")
    .toLowerCase()
    .split(",")
    .map((part) => part.split(";"));
  const takes = (name: string): boolean =>
    taken.some(([coding = "", quality = ""]) => coding.trim() === name && !/q=0(\.0*)?$/.test(quality.trim()));
  if (takes("br")) return "br";
  return takes("gzip") ? "gzip" : "identity";
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
