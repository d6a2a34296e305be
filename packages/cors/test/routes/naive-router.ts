/** What routers do with a path before they look a route up, written anew, a character at a time: no line of it is the library's. */
const naiveSteps: Readonly<Record<string, (path: string) => string>> = {
  decode: (path) => decodeIf(path, () => true),
  "decode all but slashes": (path) => decodeIf(path, (character) => character !== "/"),
  "decode what is unreserved": (path) =>
    decodeIf(path, (character) => "-._~".includes(character) || isLetter(character)),
  "cut parameters": (path) =>
    path
      .split("/")
      .map((segment) => segment.split(";")[0])
      .join("/"),
  "cut from the first parameter on": (path) => String(path.split(";")[0]),
  "end at a query, a fragment or NUL": (path) => {
    const end = [...path].findIndex((character) => ["?", "#", "\0"].includes(character));
    return end === -1 ? path : path.slice(0, end);
  },
  "leave out what a URL cannot hold": (path) => {
    let left = [...path].filter((character) => !["\t", "\n", "\r"].includes(character));
    while ((left.at(-1) ?? "x") <= " ") left = left.slice(0, -1);
    return left.join("");
  },
  "turn backslashes": (path) => path.split("\\").join("/"),
  "merge slashes": (path) => {
    let merged = "";
    for (const character of path) if (character !== "/" || !merged.endsWith("/")) merged += character;
    return merged;
  },
  "take what is behind // for a host": (path) => {
    if (!path.startsWith("//")) return path;
    const [, ...segments] = path
      .split("/")
      .filter((segment, at, all) => segment !== "" || all.slice(0, at).some(Boolean));
    return `/${segments.join("/")}`;
  },
  "resolve dots": (path) => {
    let rest = path;
    let done = "";
    // RFC 3986, section 5.2.4, to the letter.
    while (rest !== "") {
      if (rest.startsWith("/./")) rest = rest.slice(2);
      else if (rest === "/.") rest = "/";
      else if (rest.startsWith("/../") || rest === "/..") {
        rest = rest === "/.." ? "/" : rest.slice(3);
        done = done.slice(0, Math.max(0, done.lastIndexOf("/")));
      } else {
        const next = rest.indexOf("/", 1);
        const segment = next === -1 ? rest : rest.slice(0, next);
        done += segment;
        rest = rest.slice(segment.length);
      }
    }
    return done;
  },
};

/**
 * Every path that a sequence of steps makes of this one: all sequences of up to `length` steps, repeats included. Two sequences that have made
 * the same path so far go on alike, so each path is followed once.
 */
export function readingsByAnyOrder(path: string, length: number): ReadonlySet<string> {
  const all = new Set([path]);
  let latest = [path];
  for (let done = 0; done < length && latest.length > 0; done += 1) {
    const made = new Set(latest.flatMap((reading) => Object.values(naiveSteps).map((step) => step(reading))));
    latest = [...made].filter((reading) => !all.has(reading));
    for (const reading of latest) all.add(reading);
  }
  return all;
}

/** The most specific of the routes, by whole segments: more of them first, then a literal before `*`, from left to right. */
export function naiveRoute(routes: readonly string[], path: string): string {
  const segments = path.split("/").slice(1);
  const covering = routes.filter((route) => {
    const wanted = route.split("/").slice(1);
    return wanted.every((want, index) => (want === "*" ? Boolean(segments[index]) : want === segments[index]));
  });
  const rank = (route: string): string => {
    const wanted = route.split("/").slice(1);
    return String(wanted.length).padStart(3, "0") + wanted.map((want) => (want === "*" ? "0" : "1")).join("");
  };
  return covering.sort((one, other) => (rank(one) < rank(other) ? 1 : -1))[0] ?? "/";
}

function decodeIf(path: string, wanted: (character: string) => boolean): string {
  let decoded = "";
  for (let at = 0; at < path.length; at += 1) {
    const digits = path.slice(at + 1, at + 3);
    const code = path[at] === "%" && /^[0-9a-f]{2}$/i.test(digits) ? Number.parseInt(digits, 16) : undefined;
    if (code === undefined || !wanted(String.fromCharCode(code))) decoded += path[at];
    else {
      decoded += String.fromCharCode(code);
      at += 2;
    }
  }
  return decoded;
}

function isLetter(character: string): boolean {
  return /^[a-z0-9]$/i.test(character);
}
