export type { ChoiceRequest, ChoosePolicy } from "./adapters/choose-policy.ts";
export type { PolicySource } from "./adapters/policy-source.ts";
export { decide, decideWithLookup } from "./decide/decide.ts";
export type {
  Allowed,
  Decision,
  DecisionTerms,
  HeadersRefused,
  Malformed,
  MethodRefused,
  NoPolicy,
  NotCrossOrigin,
  OriginLookupFailed,
  OriginRefused,
  Reason,
  RequestFacts,
} from "./decide/decision.ts";
export { type Finding, type FindingCode, findingCodes, type PolicySeverity, type Severity } from "./finding.ts";
export { isCorsResponseHeader } from "./http/header-names.ts";
export { maxListBytes, maxListNames } from "./http/list.ts";
export {
  type SdkExposedHeaders,
  type SdkHeaders,
  sdkExposedHeaders,
  sdkHeaders,
  sdkHeadersDate,
} from "./http/sdk-headers.ts";
export type { DecisionRecord } from "./observe/decision-record.ts";
export { isLoopbackHost, isPrivateHost } from "./origin/host.ts";
export { maxOriginLength } from "./origin/parse-origin.ts";
export { isPublicSuffix, publicSuffixBelow, publicSuffixDate } from "./origin/public-suffix-table.ts";
export { checkPolicy } from "./policy/check-policy.ts";
export { definePolicy, isPolicyError, PolicyError } from "./policy/define-policy.ts";
export type { LookupVerdict } from "./policy/lookup-runtime.ts";
export { nearestName } from "./policy/nearest-name.ts";
export { isPolicy, type Policy } from "./policy/policy.ts";
export { type Environment, environmentVariables, policyFromEnvironment } from "./policy/policy-from-environment.ts";
export type { Dangers, OriginLookup, PolicyInput, PresetName } from "./policy/policy-input.ts";
export { dangerTable, type PolicyKey, type PolicyKeyType, policyKeyTable } from "./policy/policy-keys.ts";
export { type Preset, presets } from "./policy/presets.ts";
export { type PolicyOptions, policyKeys } from "./policy/read-policy.ts";
export { type ExposedHeaders, mergeExposeHeaders } from "./respond/merge-expose-headers.ts";
export { type Answer, type AnswerBody, answerHeaders, mergeVary, respond } from "./respond/respond.ts";
