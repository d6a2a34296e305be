export { explanationOf, explanations, isExplanationCode } from "../failures/catalogue.ts";
export type { Actor, Explanation, ExplanationCode, Fix, Kind, Messages, Phase, Section } from "../failures/failure.ts";
export type { Caution } from "./cautions.ts";
export { type Explained, explain, type Match } from "./explain.ts";
export { cleanUrl, type Facts } from "./facts.ts";
export type { Reporter } from "./known-messages.ts";
export type { Certainty, Possibility } from "./refine-codes.ts";
export { type Snippet, type Stack, stacks } from "./snippets/snippet.ts";
export { snippets } from "./snippets/snippets.ts";
