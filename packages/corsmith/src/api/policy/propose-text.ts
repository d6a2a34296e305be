import type { Policy } from "@corsmith/cors";
import { stringify } from "yaml";
import { placeOf } from "../../config/config-document.ts";
import type { Configuration } from "../../config/configuration.ts";
import { type PolicySet, policySetData } from "../../config/policy-set.ts";
import { ApiProblem } from "../api-problem.ts";
import type { Proposal, ProposedText } from "../schemas/policy-change.ts";
import { editJson, editYaml, type TextEdit } from "./edit-text.ts";
import { plainFinding, type ReadSource } from "./policy-source.ts";

/**
 * Writes a change into the text of the file. Where the file is code, or there is none, into the policies as data. The note says what the
 * change does not do.
 */
export function proposeText(read: ReadSource, proposal: Proposal): Pick<ProposedText, "text" | "note"> {
  const { source, outcome } = read;
  const { configuration } = outcome;
  const policies = configuration?.policies;
  if (configuration === undefined || policies === undefined) {
    const detail = "The file has errors, so no change can be proposed for it.";
    const findings = outcome.findings.map(plainFinding);
    throw new ApiProblem("policy-refused", detail, "Correct the file first.", { findings });
  }
  const at = policyPath(configuration, proposal.route);
  const policy = policyAt(policies, proposal.route);
  const { edits, note } = policy === false ? withoutPolicy : editsOf(proposal, at, policy.allowOrigins);
  const more = note === undefined ? {} : { note };
  if (source.format === "yaml" || source.format === "json") {
    const placed = edits.map((edit) => ({ ...edit, path: placeInFile(configuration, edit.path) }));
    return { text: source.format === "json" ? editJson(source.text, placed) : editYaml(source.text, placed), ...more };
  }
  const data = policySetData(policies);
  const json = editJson(JSON.stringify(data.routes?.length ? data : { policy: data.policy }, null, 2), edits);
  return { text: source.format === "code" ? `${json}\n` : stringify(JSON.parse(json), { lineWidth: 0 }), ...more };
}

/** Where the policy of a route is in the merged configuration. */
function policyPath({ policies }: Configuration, route: string | undefined): string {
  if (route === undefined || route === "/") return "policy";
  const index = policies?.routes.findIndex(({ path }) => path === route) ?? -1;
  if (index >= 0) return `routes[${index}].policy`;
  const paths = policies?.routes.map(({ path }) => path).join(", ");
  const fix = paths ? `One of: ${paths}.` : "Remove it: there are no routes.";
  throw new ApiProblem("parameter-invalid", "No route has this path.", fix, { field: "body.route", value: route });
}

function policyAt({ routes, policy }: PolicySet, route: string | undefined): Policy | false {
  return routes.find(({ path }) => path === route)?.policy ?? policy;
}

/** Where it is written in the file, perhaps in an overlay. What the environment gives cannot be changed there. */
function placeInFile(configuration: Configuration, path: string): string {
  const place = placeOf(configuration.places, path);
  if (place.kind === "file") return place.path;
  const detail = `${path} comes from the environment: ${place.path} overrides the file.`;
  throw new ApiProblem("file-not-editable", detail, `Change ${place.path}, and restart.`, { field: path });
}

interface Edits {
  readonly edits: readonly TextEdit[];
  readonly note?: string;
}

const withoutPolicy: Edits = {
  edits: [],
  note: "There is no policy here: the API sets its own CORS headers. Change it there, or write a policy in place of false.",
};

function editsOf(proposal: Proposal, at: string, origins: readonly string[]): Edits {
  const path = `${at}.allowOrigins`;
  switch (proposal.change) {
    case "allow-origin": {
      if (origins.includes(proposal.origin)) return { edits: [], note: "This origin is already allowed." };
      if (origins.includes("*")) return { edits: [], note: 'Every origin is already allowed: the policy says "*".' };
      return { edits: [{ kind: "set", path, value: [...origins, proposal.origin] }] };
    }
    case "refuse-origin": {
      const left = origins.filter((origin) => origin !== proposal.origin);
      if (left.length === origins.length) return { edits: [], note: whyNotRemoved(origins) };
      return { edits: [{ kind: "set", path, value: left }] };
    }
    case "set-policy":
      return {
        edits: Object.entries(proposal.policy).map(([key, value]) =>
          value === null ? { kind: "remove", path: `${at}.${key}` } : { kind: "set", path: `${at}.${key}`, value },
        ),
      };
  }
}

function whyNotRemoved(origins: readonly string[]): string {
  const patterns = origins.filter((origin) => origin.includes("*"));
  return patterns.length === 0
    ? "The policy does not name this origin, so there is nothing to remove."
    : `The policy does not name this origin itself. If it is allowed, one of these patterns allows it: ${patterns.join(", ")}.`;
}
