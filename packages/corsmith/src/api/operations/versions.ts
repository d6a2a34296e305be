import { Type } from "typebox";
import { pageQuery } from "../../journal/schema/common.ts";
import { ApiProblem } from "../api-problem.ts";
import { type ApiContext, callsOf, megabyte } from "../operation.ts";
import type { StoredVersion } from "../policy/version-store.ts";
import {
  Applied,
  ApplyRequest,
  type PolicyVersion,
  PolicyVersions,
  PolicyVersionText,
  RollBackRequest,
} from "../schemas/versions.ts";

const usualLimit = 50;
const params = { id: Type.Integer({ minimum: 1, description: "The number of the version." }) };

const changeProblems = [
  "confirmation-missing",
  "policy-changed",
  "policy-refused",
  "policy-not-in-force",
  "file-not-editable",
] as const;
const { get, post } = callsOf("Versions");

/** The versions of the policy, and the calls that change which one is active. */
export const versionOperations = {
  applyPolicy: post("/api/policy/apply", "Apply a change", {
    description:
      "Writes the file, waits until every process has taken it up, and keeps it as a version. A text with an error is refused with all findings, and nothing changes. So is one that changes more than policies.",
    body: ApplyRequest,
    maxBodyBytes: megabyte * 2,
    answer: Applied,
    problems: changeProblems,
    handle: async ({ body }, { policy }) => applied(await policy.apply(body, "apply")),
  }),
  listPolicyVersions: get("/api/policy/versions", "List versions, the newest first", {
    query: pageQuery,
    answer: PolicyVersions,
    problems: ["cursor-invalid"],
    async handle({ query: { limit = usualLimit, cursor } }, { policy }) {
      const active = await activeId(policy);
      const found = await policy.versions.list(limit + 1, readCursor(cursor));
      const versions = found.slice(0, limit).map((version) => describe(version, active));
      const last = versions.at(-1);
      return { versions, ...(found.length > limit && last !== undefined ? { next: String(last.id) } : {}) };
    },
  }),
  getPolicyVersion: get("/api/policy/versions/{id}", "One version, with its text", {
    params,
    answer: PolicyVersionText,
    problems: ["version-unknown"],
    async handle({ params: { id } }, { policy }) {
      const version = await findVersion(policy, id);
      const { text } = version;
      const { format } = policy.source().source;
      // Code would have to be run to know what it means.
      const diff = format === "code" ? {} : { diff: policy.diff({ text, ...(format === "json" ? { format } : {}) }) };
      return { ...describe(version, await activeId(policy)), text, ...diff };
    },
  }),
  rollBackPolicy: post("/api/policy/versions/{id}/roll-back", "Roll back to a version", {
    description: "Writes its text into the file, as `applyPolicy` does.",
    params,
    body: RollBackRequest,
    answer: Applied,
    problems: ["version-unknown", ...changeProblems],
    async handle({ params, body }, { policy }) {
      const { text, id, time } = await findVersion(policy, params.id);
      const comment = body.comment ?? `Back to version ${id} of ${new Date(time).toISOString()}.`;
      return applied(await policy.apply({ ...body, text, comment }, "roll-back"));
    },
  }),
};

type Policies = ApiContext["policy"];

async function findVersion(policy: Policies, id: number): Promise<StoredVersion> {
  const version = await policy.versions.get(id);
  if (version !== undefined) return version;
  const detail = "There is no version with this number.";
  const fix = "GET /api/policy/versions lists them.";
  throw new ApiProblem("version-unknown", detail, fix, { field: "path.id", value: id });
}

async function activeId(policy: Policies): Promise<number | undefined> {
  return (await policy.active?.version)?.id;
}

function applied(version: StoredVersion): Applied {
  return { version: describe(version, version.id), base: version.base };
}

function describe({ text: _text, ...version }: StoredVersion, active: number | undefined): PolicyVersion {
  return { ...version, inForce: version.id === active };
}

function readCursor(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  if (/^[1-9]\d{0,14}$/.test(cursor)) return Number(cursor);
  const detail = "This call did not issue this cursor.";
  const fix = "Give the `next` of the previous page, or no cursor.";
  throw new ApiProblem("cursor-invalid", detail, fix, { field: "query.cursor", value: cursor });
}
