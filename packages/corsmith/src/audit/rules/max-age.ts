import { headerValue } from "../../check/header-lines.ts";
import { letsIn, welcomedPreflights } from "../evidence.ts";
import type { Rule } from "../observation.ts";

/** Does Access-Control-Max-Age say a number of seconds that browsers keep? @see https://fetch.spec.whatwg.org/#http-access-control-max-age */
export const maxAge: Rule = (evidence) => {
  const [asked] = welcomedPreflights(evidence).filter(letsIn);
  if (asked === undefined || asked.answer.status < 200 || asked.answer.status > 299) return [];
  const value = headerValue(asked.answer.headers, "access-control-max-age");
  const shown = { severity: "info", seen: [asked] } as const;
  if (value === undefined) {
    const says = "There is no Access-Control-Max-Age: browsers keep the answer for 5 s.";
    return [{ code: "max-age-missing", says, ...shown }];
  }
  if (value === "0") return [{ code: "max-age-missing", says: "Access-Control-Max-Age is 0.", ...shown }];
  const isNumber = /^\d+$/.test(value);
  if (value === "-1" || (isNumber && Number(value) <= 86_400)) return [];
  return [{ code: "max-age-excessive", says: `Access-Control-Max-Age is ${JSON.stringify(value)}.`, ...shown }];
};
