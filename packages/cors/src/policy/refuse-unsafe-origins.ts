import type { FindingCode } from "../finding.ts";
import { isLoopbackHost } from "../origin/host.ts";
import { formatOriginPattern, type OriginPattern } from "../origin/origin-pattern.ts";
import { defaultPort } from "../origin/parse-origin.ts";
import { isRegistrySuffix } from "../origin/public-suffix-table.ts";
import type { Dangers } from "./policy-input.ts";

/** What the rest of a policy says that the origins depend on. */
export interface OriginContext {
  readonly allowCredentials: boolean;
  readonly hasLookup: boolean;
  readonly dangers: Dangers;
  readonly isPublicSuffix: (host: string) => boolean;
  readonly publicSuffixBelow: (host: string) => string | undefined;
}

/** Why an entry that is well written opens too much. */
export interface WideOrigin {
  readonly code: FindingCode;
  readonly message: string;
  /** An entry that says what was probably meant and opens nothing; what to do where there is none. */
  readonly fix: string;
}

/** Everything that an entry opens too far. @see https://fetch.spec.whatwg.org/#cors-protocol-and-credentials */
export function findWidth(pattern: OriginPattern, context: OriginContext): readonly WideOrigin[] {
  switch (pattern.kind) {
    case "any":
      return context.allowCredentials ? [anyWithCredentials] : [];
    case "null":
      return context.dangers.allowNullOrigin === true ? [] : [nullOrigin];
    default:
      return findTupleWidth(pattern, context);
  }
}

const anyWithCredentials: WideOrigin = {
  code: "origin-any-with-credentials",
  message:
    'Any origin ("*") with credentials would let every site act as the user. Browsers reject the combination, and echoing the origin of the request instead is just as unsafe.',
  fix: 'Name the origins: allowOrigins: ["https://app.example.com"], or set allowCredentials to false.',
};

const nullOrigin: WideOrigin = {
  code: "origin-null",
  message:
    'The origin "null" is that of every sandboxed frame and every data: page, on any site: to allow it is to allow everyone.',
  fix: "Serve the page from an origin of its own and name that, or set dangerously.allowNullOrigin to true.",
};

type TuplePattern = OriginPattern & { readonly kind: "exact" | "pattern" };

function findTupleWidth(pattern: TuplePattern, context: OriginContext): readonly WideOrigin[] {
  const shared = findSharedHosts(pattern, context);
  const meant = shared === undefined ? pattern : withItsDot(pattern, context);
  const strong = meant && strengthen(meant, context);
  // One fix for all, since what mends one of them alone would still be refused.
  const fix = strong === undefined ? (shared?.fix ?? "") : formatOriginPattern(strong);
  const found: WideOrigin[] = shared === undefined ? [] : [{ ...shared, fix }];
  const { scheme, port } = strengthen(pattern, context);
  if (scheme !== pattern.scheme) {
    const message =
      "Someone on the network between the user and an http: page can put a script on it, and that script would act as the user.";
    found.push({ code: "origin-insecure-with-credentials", message, fix });
  }
  if (pattern.port === "*" && port !== "*") {
    const message = `Whatever listens on any port of ${pattern.host} could act as the user.`;
    found.push({ code: "origin-any-port-with-credentials", message, fix });
  }
  return found;
}

/** Does a pattern cover hosts that others can register: directly under a public suffix, or under one that is somewhere below? */
function findSharedHosts(pattern: TuplePattern, context: OriginContext): WideOrigin | undefined {
  if (pattern.kind === "exact" || pattern.label === undefined) return undefined;
  const { host, label } = pattern;
  const { allowPublicSuffixes, allowSharedHosts } = context.dangers;
  const isSuffix = context.isPublicSuffix(host);
  if (isSuffix && allowPublicSuffixes === true) return undefined;
  if (isSuffix && label === "*") return anyoneGets("origin-public-suffix", `under ${host}`, host);
  if (allowSharedHosts === true) return undefined;
  const below = context.publicSuffixBelow(host);
  if (isSuffix) return anyoneGets("origin-shared-host", `like ${label.replace("*", "evil")}.${host}`, host);
  return below === undefined ? undefined : anyoneGets("origin-shared-host", `under ${below}`, host);
}

function anyoneGets(code: "origin-public-suffix" | "origin-shared-host", what: string, host: string): WideOrigin {
  const danger: keyof Dangers = code === "origin-shared-host" ? "allowSharedHosts" : "allowPublicSuffixes";
  return {
    code,
    message: `Anyone, including an attacker, can register a name ${what} and would then be allowed.`,
    fix: `Name your own hosts ("https://your-app.${host}"), or give the pages a domain of your own ("https://*.preview.example.com"). To ask the platform which hosts are yours: originLookup. If all are, or anyone may read, set dangerously.${danger} to true.`,
  };
}

/** `*.example.com`, if `*example.com` was written. */
function withItsDot(pattern: TuplePattern, context: OriginContext): TuplePattern | undefined {
  if (pattern.kind === "exact" || !/^\*[a-z\d]/.test(pattern.label ?? "") || !isRegistrySuffix(pattern.host))
    return undefined;
  const meant: TuplePattern = { ...pattern, label: "*", host: `${pattern.label?.slice(1)}.${pattern.host}` };
  return findSharedHosts(meant, context) === undefined ? meant : undefined;
}

/** The same hosts over https and on one port, where credentials ask for that. */
function strengthen(pattern: TuplePattern, { allowCredentials, dangers }: OriginContext): TuplePattern {
  if (!allowCredentials || isLoopbackHost(pattern.host)) return pattern;
  const scheme = pattern.scheme === "http" && dangers.allowInsecureOrigins !== true ? "https" : pattern.scheme;
  const anyPort = pattern.port === "*" && dangers.allowAnyPortWithCredentials !== true;
  return { ...pattern, scheme, port: anyPort || pattern.port === defaultPort(scheme) ? "" : pattern.port };
}
