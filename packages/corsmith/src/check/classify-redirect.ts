import { redactUrl } from "@corsmith/cors/browser";
import { printable } from "@corsmith/cors/observe";

/** Where a redirect leads, and why servers send such ones. */
export interface ClassifiedRedirect {
  readonly kind: "login" | "http-to-https" | "trailing-slash" | "other";
  /** Absolute if it can be resolved. */
  readonly target: string;
  /** `to https:`; empty if there is nothing to say. */
  readonly says: string;
}

const login = /(?:^|[/._-])(?:log-?in|sign-?in|sso|oauth2?|authorize|auth|saml|accounts?)(?:$|[/._?-])/i;

/** What kind of redirect this is. */
export function classifyRedirect(from: string, location: string): ClassifiedRedirect {
  const source = new URL(from);
  const target = URL.parse(location, from);
  if (target === null)
    return { kind: "other", target: redactUrl(location), says: `to ${printable(redactUrl(location), 120)}` };
  const leads = (kind: ClassifiedRedirect["kind"], says: string): ClassifiedRedirect => {
    return { kind, target: redactUrl(target.href), says };
  };
  if (target.host === source.host && target.pathname === source.pathname && source.protocol !== target.protocol)
    return leads("http-to-https", `to ${target.protocol}`);
  if (target.origin === source.origin && withoutSlash(target.pathname) === withoutSlash(source.pathname)) {
    const adds = target.pathname.endsWith("/");
    return leads("trailing-slash", `to the same path ${adds ? "with" : "without"} a slash at its end`);
  }
  const shown = printable(`${target.origin === source.origin ? "" : target.origin}${target.pathname}`, 120);
  const isLogin = login.test(target.pathname) || login.test(target.hostname);
  return isLogin ? leads("login", `to a login page, ${shown}`) : leads("other", `to ${shown}`);
}

function withoutSlash(path: string): string {
  return path.replace(/\/$/, "");
}
