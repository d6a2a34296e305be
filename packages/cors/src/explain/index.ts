export {
  type Explanation,
  explanationOf,
  explanations,
  type Fix,
  findExplanation,
  isExplanationCode,
} from "../failures/catalogue.ts";
export type { Actor, ExplanationCode, Kind, Messages, Phase, Reporter } from "../failures/chapter.ts";
export { type Section, type SectionName, sectionNamed } from "../failures/sections.ts";
export type { Caution } from "./cautions.ts";
export { type Explained, explain, type Match } from "./explain.ts";
export { cleanUrl, type Facts } from "./facts.ts";
export type { Certainty, Possibility } from "./refine-codes.ts";
export { type PolicyStack, policySnippets } from "./snippets/policy-snippets.ts";
export { type Snippet, type Stack, stacks } from "./snippets/snippet.ts";
export { snippets } from "./snippets/snippets.ts";
