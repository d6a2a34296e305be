import type { PolicyDiff } from "corsmith/api";
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { call } from "../api/call.ts";
import { queryClient } from "../api/use-query.ts";
import { ErrorMessage } from "../components/query-state.tsx";
import { DiffView } from "./diff-view.tsx";

interface ConfirmDialogProps {
  readonly open: boolean;
  readonly title: string;
  /** The label of the button that does it. */
  readonly action: string;
  readonly children: ComponentChildren;
  onClose(): void;
  onConfirm(comment: { readonly comment?: string; readonly who?: string }): Promise<void>;
}

/** Asks before a change is applied, and says why if it could not be. */
export function ConfirmDialog({ open, title, action, children, onClose, onConfirm }: ConfirmDialogProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const [comment, setComment] = useState("");
  const [who, setWho] = useState("");
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  const confirm = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm({ ...(comment === "" ? {} : { comment }), ...(who === "" ? {} : { who }) });
      onClose();
      await queryClient.invalidateQueries();
    } catch (reason) {
      setError(reason instanceof Error ? reason : new Error(String(reason)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <dialog class="confirm" ref={dialog} aria-labelledby="confirm-title" onClose={onClose}>
      <form class="stack gap-2" onSubmit={confirm}>
        <h2 id="confirm-title">{title}</h2>
        {error === undefined ? null : <ErrorMessage error={error} />}
        <div class="confirm-what">{children}</div>
        <div class="stack gap-2">
          <div>
            <label for="confirm-comment">Comment (kept with the version)</label>
            <input
              id="confirm-comment"
              maxLength={500}
              value={comment}
              autocomplete="off"
              onInput={(event) => setComment(event.currentTarget.value)}
            />
          </div>
          <div>
            <label for="confirm-who">Your name</label>
            <input
              id="confirm-who"
              maxLength={100}
              value={who}
              autocomplete="name"
              onInput={(event) => setWho(event.currentTarget.value)}
            />
          </div>
        </div>
        <div class="editor-actions row">
          <button type="submit" class="main" aria-disabled={busy}>
            {busy ? "…" : action}
          </button>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </dialog>
  );
}

interface ApplyDialogProps {
  readonly open: boolean;
  readonly text: string;
  /** The state of the file that the text was made from. */
  readonly base: string;
  readonly diff: PolicyDiff;
  onClose(): void;
}

/** Shows once more what changes, and applies the text when that is confirmed. */
export function ApplyDialog({ open, text, base, diff, onClose }: ApplyDialogProps): JSX.Element {
  const { route } = useLocation();
  return (
    <ConfirmDialog
      open={open}
      title="Apply this policy?"
      action="Apply"
      onClose={onClose}
      onConfirm={async (comment) => {
        await call("POST /api/policy/apply", { body: { text, base, confirm: true, ...comment } });
        // The proposal in the address is done.
        route("/policy", true);
      }}
    >
      <DiffView diff={diff} />
    </ConfirmDialog>
  );
}
