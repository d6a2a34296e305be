import type { Finding, Severity } from "@corsmith/cors";
import { type Engine, redactUrl } from "@corsmith/cors/browser";
import { type ExplanationCode, explanationOf } from "@corsmith/cors/explain";
import type { LiveAnswer } from "../live/send.ts";
import { type MisconfigurationCode, misconfigurationOf } from "../misconfigurations/catalogue.ts";
import type { CheckRequest } from "./check-request.ts";
import type { JudgedFailure, Judgement } from "./judge.ts";
import type { Probes } from "./probes.ts";

/** Something beside the verdict that will cause trouble, or already does. */
export type Warning = Finding<string, Severity>;

/** What warnings are drawn from. */
export interface Evidence {
  readonly request: CheckRequest;
  /** The one whose steps are shown. */
  readonly judgement: Judgement;
  readonly all: readonly Judgement[];
  readonly probes: Probes;
  readonly maxAge: Readonly<Partial<Record<Engine, number>>>;
  /** What the preflight was answered. */
  readonly preflight: LiveAnswer | undefined;
}

/** From what was seen to what is worth a warning. */
export type WarningRule = (evidence: Evidence) => Warning | readonly Warning[] | undefined;

/** A warning about a misconfiguration; what to do about it is in the catalogue that `audit` reads too. */
export function misconfigured(
  code: MisconfigurationCode,
  severity: Severity,
  path: string,
  message: string,
  value: unknown = null,
): Warning {
  return { code, severity, path, value, message, fix: misconfigurationOf(code).fix };
}

/**
 * Why the request fails, as far as the answers show. The code is often more exact than the browser's own; the message ends the headline,
 * so it begins in lower case and has no full stop.
 */
export interface Diagnosis extends Finding<ExplanationCode> {
  /** What was seen. */
  readonly facts: readonly string[];
  /** What is concluded from it. */
  readonly likely?: Likely;
  readonly comparison?: Comparison;
}

/** A conclusion, with how sure it is. */
export interface Likely {
  readonly cause: string;
  readonly confidence: "certain" | "likely" | "possible";
  /** What would settle it. */
  readonly settledBy?: string;
}

/** Two texts that had to be equal, byte for byte, and are not. */
export interface Comparison {
  /** What they are, such as `Access-Control-Allow-Origin`. */
  readonly what: string;
  readonly found: string;
  readonly expected: string;
  /** Where they differ first, counted from 0. */
  readonly firstDifference: number;
}

/** Where two texts differ first. */
export function compareBytes(what: string, found: string, expected: string): Comparison {
  let firstDifference = 0;
  while (firstDifference < found.length && found[firstDifference] === expected[firstDifference]) firstDifference += 1;
  return { what, found, expected, firstDifference };
}

/** What a rule of the diagnosis says; without a fix of its own, the catalogue's first one is taken. */
export type Cause = Pick<Diagnosis, "code" | "message" | "facts"> & Partial<Diagnosis>;

/** The diagnosis of a failure, once its cause is found. */
export function toDiagnosis(cause: Cause, { exchange }: JudgedFailure): Diagnosis {
  const [first] = explanationOf(cause.code).fixes;
  const place = exchange === undefined ? "" : `${exchange.request.method} ${redactUrl(exchange.request.url)}`;
  return {
    severity: "error",
    path: cause.comparison?.what ?? place,
    value: cause.comparison?.found ?? exchange?.sent.answer?.status ?? null,
    fix: first?.what ?? "",
    ...(first && { who: first.who }),
    ...cause,
  };
}
