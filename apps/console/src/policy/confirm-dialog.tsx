import type { PolicyDiff } from "corsmith/api";
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { call } from "../api/call.ts";
import { queryClient } from "../api/use-query.ts";
import { Fault } from "../components/query-state.tsx";
import { DiffView } from "./diff-view.tsx";

interface ConfirmDialogProps {
  readonly open: boolean;
  readonly title: string;
  /** What the button says that does it. */
  readonly deed: string;
  readonly children: ComponentChildren;
  onClose(): void;
  onConfirm(comment: { readonly comment?: string; readonly who?: string }): Promise<void>;
}

/** Asks before something is put in force, and says why if it could not be. */
export function ConfirmDialog({ open, title, deed, children, onClose, onConfirm }: ConfirmDialogProps): JSX.Element {
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
      <form onSubmit={confirm}>
        <h2 id="confirm-title">{title}</h2>
        {error === undefined ? null : <Fault error={error} />}
        <div class="confirm-what">{children}</div>
        <div class="confirm-words">
          <div>
            <label for="confirm-comment">Why? (kept with the version)</label>
            <input
              id="confirm-comment"
              maxLength={500}
              value={comment}
              autocomplete="off"
              onInput={(event) => setComment(event.currentTarget.value)}
            />
          </div>
          <div>
            <label for="confirm-who">Who are you?</label>
            <input
              id="confirm-who"
              maxLength={100}
              value={who}
              autocomplete="name"
              onInput={(event) => setWho(event.currentTarget.value)}
            />
          </div>
        </div>
        <div class="desk-deeds">
          <button type="submit" class="main" aria-disabled={busy}>
            {busy ? "…" : deed}
          </button>
          <button type="button" onClick={onClose}>
            Not now
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
        await call("POST /api/policy/apply", { body: { text, base, confirm: true, ...comment } });
        // The proposal in the address has been followed.
        route("/policy", true);
      }}
    >
      <DiffView diff={diff} />
    </ConfirmDialog>
  );
}
