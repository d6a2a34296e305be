import type { PolicyDiff } from "corsmith/api";
import type { JSX } from "preact";
import { useLocation } from "preact-iso/router";
import { call } from "../server/call.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { DiffView } from "./diff-view.tsx";

interface ApplyDialogProps {
  readonly open: boolean;
  readonly text: string;
  /** The state of the file that the text was made from. */
  readonly base: string;
  readonly diff: PolicyDiff;
  onClose(): void;
}

/** Shows once more what changes, and puts the text in force when that is confirmed. */
export function ApplyDialog({ open, text, base, diff, onClose }: ApplyDialogProps): JSX.Element {
  const { route } = useLocation();
  return (
    <ConfirmDialog
      open={open}
      title="Put this policy in force?"
      deed="Put it in force"
      onClose={onClose}
      onConfirm={async (comment) => {
        await call("applyPolicy", { body: { text, base, confirm: true, ...comment } });
        // The proposal in the address has been followed.
        route("/policy", true);
      }}
    >
      <DiffView diff={diff} />
    </ConfirmDialog>
  );
}
