import { ApiProblem } from "./api-problem.ts";
import type { HandlersOf } from "./handlers.ts";
import type { ApiContext } from "./operation.ts";
import type { StoredVersion } from "./policy/version-store.ts";
import type { PolicyVersion } from "./schemas/versions.ts";

const usualLimit = 50;

/** What was in force, and the calls that change what is. */
export function versionHandlers({
  desk,
}: ApiContext): HandlersOf<"applyPolicy" | "listPolicyVersions" | "getPolicyVersion" | "rollBackPolicy"> {
  const find = async (id: number): Promise<StoredVersion> => {
    const version = await desk.versions.get(id);
    if (version !== undefined) return version;
    throw new ApiProblem("version-unknown", {
      detail: "There is no version with this number.",
      field: "path.id",
      value: id,
      fix: "GET /api/policy/versions lists them.",
    });
  };
  const inForceId = async (): Promise<number | undefined> => (await desk.versionInForce())?.id;
  const applied = (version: StoredVersion) => ({ version: about(version, version.id), base: version.base });
  return {
    applyPolicy: async ({ body }) => applied(await desk.apply(body, "apply")),
    async rollBackPolicy({ params, body }) {
      const { text, id, time } = await find(params.id);
      const comment = body.comment ?? `Back to version ${id} of ${new Date(time).toISOString()}.`;
      return applied(await desk.apply({ ...body, text, comment }, "roll-back"));
    },
    async listPolicyVersions({ query }) {
      const { limit = usualLimit } = query;
      const inForce = await inForceId();
      const found = await desk.versions.list(limit + 1, readCursor(query.cursor));
      const versions = found.slice(0, limit).map((version) => about(version, inForce));
      const last = versions.at(-1);
      return { versions, ...(found.length > limit && last !== undefined ? { next: String(last.id) } : {}) };
    },
    async getPolicyVersion({ params }) {
      const version = await find(params.id);
      const { text } = version;
      const { format } = desk.source().source;
      // Code would have to be run to know what it means.
      const diff = format === "code" ? {} : { diff: desk.diff({ text, ...(format === "json" ? { format } : {}) }) };
      return { ...about(version, await inForceId()), text, ...diff };
    },
  };
}

function about({ text: _text, ...version }: StoredVersion, inForce: number | undefined): PolicyVersion {
  return { ...version, inForce: version.id === inForce };
}

function readCursor(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  if (/^[1-9]\d{0,14}$/.test(cursor)) return Number(cursor);
  throw new ApiProblem("cursor-invalid", {
    detail: "This cursor was not given out by this call.",
    field: "query.cursor",
    value: cursor,
    fix: "Give the `next` of the page before, or none.",
  });
}
