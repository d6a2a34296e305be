import type { PolicyVersion } from "corsmith/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { call } from "../api/call.ts";
import { useGateways } from "../api/use-gateways.ts";
import { useQuery } from "../api/use-query.ts";
import { Panel } from "../components/layout.tsx";
import { QueryState } from "../components/query-state.tsx";
import { RelativeTime } from "../components/relative-time.tsx";
import { StatusIcon } from "../components/status-icon.tsx";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { DiffView } from "./diff-view.tsx";

const triggers = {
  start: "at startup",
  edit: "file edited",
  SIGHUP: "SIGHUP",
  apply: "applied",
  "roll-back": "rolled back",
} as const;

/** The versions, newest first; each can be viewed and rolled back to. */
export function Versions({ base, editable }: { readonly base: string; readonly editable: boolean }): JSX.Element {
  const versions = useQuery("GET /api/policy/versions", { query: { limit: 20 } });
  const [chosen, setChosen] = useState<PolicyVersion>();
  const { data } = versions;
  const isShared = useGateways().length > 0;
  return (
    <Panel title="Versions" id="policy-versions">
      <QueryState error={versions.error} loaded={data !== undefined}>
        <table class="versions">
          <caption class="hidden">Versions, the newest first</caption>
          <thead>
            <tr>
              <th scope="col">Version</th>
              <th scope="col">When</th>
              <th scope="col">By</th>
              <th scope="col" class="wide">
                Comment
              </th>
              <th scope="col">
                <span class="hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {(data?.versions ?? []).map((version) => (
              <tr key={version.id}>
                <th scope="row">{version.id}</th>
                <td>
                  <RelativeTime time={version.time} />
                </td>
                <td>
                  {version.who} <span class="quiet small">{triggers[version.trigger]}</span>
                  {isShared && version.gateway !== undefined ? (
                    <span class="below small">
                      at <code>{version.gateway}</code>
                    </span>
                  ) : null}
                </td>
                <td class="wide">{version.comment}</td>
                <td class="versions-action">
                  {version.inForce ? (
                    <>
                      <StatusIcon tone="yes" /> active
                    </>
                  ) : (
                    <button type="button" class="slim" onClick={() => setChosen(version)}>
                      {editable ? "View or roll back…" : "View…"}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </QueryState>
      {chosen === undefined ? null : <RollBack version={chosen} base={base} onClose={() => setChosen(undefined)} />}
    </Panel>
  );
}

interface RollBackProps {
  readonly version: PolicyVersion;
  readonly base: string;
  onClose(): void;
}

function RollBack({ version, base, onClose }: RollBackProps): JSX.Element {
  const { id } = version;
  const [own] = useGateways();
  const foreign = version.gateway !== undefined && own !== undefined && version.gateway !== own.name;
  const text = useQuery("GET /api/policy/versions/{id}", { params: { id } });
  return (
    <ConfirmDialog
      open
      title={foreign ? `Apply version ${id} of ${version.gateway} here?` : `Roll back to version ${id}?`}
      action={foreign ? "Apply" : "Roll back"}
      onClose={onClose}
      onConfirm={async (comment) => {
        await call("POST /api/policy/versions/{id}/roll-back", {
          params: { id },
          body: { base, confirm: true, ...comment },
        });
      }}
    >
      {foreign ? (
        <p>
          It was the policy of another gateway, <code>{version.gateway}</code>. Here it would replace the policy of{" "}
          <code>{own.name}</code>.
        </p>
      ) : null}
      <QueryState error={text.error} loaded={text.data !== undefined}>
        {text.data?.diff === undefined ? (
          <p class="quiet">The file is code, so what it would change is not known without running it.</p>
        ) : (
          <DiffView diff={text.data.diff} />
        )}
      </QueryState>
    </ConfirmDialog>
  );
}
