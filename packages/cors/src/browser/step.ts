/** The algorithms that can refuse, and where in the standard each stands. */
const sections = {
  "new-request": "dom-request",
  "main-fetch": "concept-main-fetch",
  "bad-port": "block-bad-port",
  "scheme-fetch": "scheme-fetch",
  "http-fetch": "concept-http-fetch",
  "http-redirect-fetch": "concept-http-redirect-fetch",
  "http-network-or-cache-fetch": "concept-http-network-or-cache-fetch",
  "http-network-fetch": "concept-http-network-fetch",
  "cors-preflight-fetch": "cors-preflight-fetch-0",
  "cors-preflight-cache": "concept-cache",
  "cors-check": "concept-cors-check",
  "cors-unsafe-request-header-names": "cors-unsafe-request-header-names",
  "cross-origin-resource-policy-check": "cross-origin-resource-policy-check",
  "filtered-response": "concept-filtered-response",
} as const;

/** An algorithm of the standard, in kebab case. */
export type Algorithm = keyof typeof sections;

/** An algorithm and the step of it: `cors-check/allow-origin`. */
export type StepName = `${Algorithm}/${string}`;

/** One thing that the browser looked at, in its order. */
export interface Step {
  readonly step: StepName;
  /** Link to the algorithm in the Fetch standard. */
  readonly section: string;
  /** `passed`: looked at and fine. `failed`: the fetch ends here. `note`: what the browser did next, and why. */
  readonly result: "passed" | "failed" | "note";
  readonly message: string;
}

const known = new Map<StepName, string>();

/** The section of the Fetch standard in which this step stands. */
export function sectionOf(step: StepName): string {
  let section = known.get(step);
  if (section === undefined) {
    const algorithm = step.slice(0, step.indexOf("/"));
    section = `https://fetch.spec.whatwg.org/#${isAlgorithm(algorithm) ? sections[algorithm] : "fetching"}`;
    known.set(step, section);
  }
  return section;
}

function isAlgorithm(name: string): name is Algorithm {
  return Object.hasOwn(sections, name);
}
