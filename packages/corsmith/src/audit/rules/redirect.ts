import { headerValue } from "../../check/header-lines.ts";
import { answersTo } from "../evidence.ts";
import type { Rule } from "../observation.ts";

/** Does the URL lead a page elsewhere, where its origin is null? @see https://fetch.spec.whatwg.org/#http-redirect-fetch */
export const redirect: Rule = (evidence) => {
  const asked = [...answersTo(evidence, "known"), ...answersTo(evidence, "stranger")];
  for (const one of asked) {
    const { status, headers } = one.answer;
    const target = URL.parse(headerValue(headers, "location") ?? "", one.url);
    if (![301, 302, 303, 307, 308].includes(status) || target === null) continue;
    if (target.origin === new URL(one.url).origin) continue;
    const says = `The answer is ${status}, to ${target.origin}.`;
    return [{ code: "redirect-taints-origin", severity: "low", says, seen: [one] }];
  }
  return [];
};
