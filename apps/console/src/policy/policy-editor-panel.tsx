import type { Finding, PolicyDiff, PolicyReport, PolicySource, ProposedText } from "corsmith/api";
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import lazy from "preact-iso/lazy";
import { useLocation } from "preact-iso/router";
import { call } from "../api/call.ts";
import { Panel } from "../components/layout.tsx";
import { ErrorMessage } from "../components/query-state.tsx";
import { ApplyDialog } from "./confirm-dialog.tsx";
import { DiffView } from "./diff-view.tsx";
import { EffectMatrix } from "./effect-matrix.tsx";
import { FindingList } from "./finding-list.tsx";
import { type ProposedChange, proposalOf, proposalWords, readProposal } from "./proposal.ts";

const PolicyEditor = lazy(async () => (await import("../editor/policy-editor.tsx")).PolicyEditor);

/** The file in an editor: checked while it is written, compared with the active policy, and applied when that is confirmed. */
export function PolicyEditorPanel({ source }: { readonly source: PolicySource }): JSX.Element {
  const [text, setText] = useState(source.text);
  const [given, setGiven] = useState({ text });
  const replaceText = (whole: string): void => {
    setText(whole);
    setGiven({ text: whole });
  };
  const [applying, setApplying] = useState(false);
  const { note, error: proposalError } = useProposal(replaceText);
  const candidate = useCandidate(text, source.text);
  const changed = text !== source.text;
  const found = candidate.report?.findings ?? source.findings;
  const reported = useMemo(() => found.toSorted(byPlace), [found]);
  const findings = useMemo(() => reported.map(placed), [reported]);
  const [wanted, setWanted] = useState<{ readonly place: number }>();
  const ready = changed && candidate.settled && candidate.report?.ok === true;
  return (
    <>
      <Panel title="The file" id="policy-file" aside={<State changed={changed} ok={candidate.report?.ok} />}>
        {proposalError === undefined ? null : <ErrorMessage error={proposalError} />}
        {candidate.error === undefined ? null : <ErrorMessage error={candidate.error} />}
        {note === undefined ? null : <p class="notice">{note}</p>}
        <div class="editor-frame">
          <div class="editor-text">
            <PolicyEditor
              given={given}
              label="The file with the policy"
              readOnly={false}
              findings={findings}
              wanted={wanted}
              onChange={setText}
            />
          </div>
          <FindingList findings={reported} onShow={(place) => setWanted({ place })} />
        </div>
        <div class="editor-actions row">
          <button
            type="button"
            class="main"
            aria-disabled={!(ready && source.editable)}
            onClick={() => {
              if (ready && source.editable) setApplying(true);
            }}
          >
            Apply…
          </button>
          <button
            type="button"
            aria-disabled={!changed}
            onClick={() => {
              if (changed) replaceText(source.text);
            }}
          >
            Discard changes
          </button>
          <p class="quiet small">
            {source.editable
              ? "Nothing changes until you confirm it, and you can roll back to any version."
              : `You can try changes here, but not apply them. ${source.reason ?? ""}`}
          </p>
        </div>
      </Panel>
      {candidate.diff?.ok !== true || !changed ? null : (
        <Panel title="What this changes" id="policy-diff">
          <DiffView diff={candidate.diff} />
        </Panel>
      )}
      <EffectMatrix text={changed ? candidate.valid : undefined} />
      {candidate.diff === undefined ? null : (
        <ApplyDialog
          open={applying}
          text={text}
          base={source.base}
          diff={candidate.diff}
          onClose={() => setApplying(false)}
        />
      )}
    </>
  );
}

function State({ changed, ok }: { readonly changed: boolean; readonly ok: boolean | undefined }): JSX.Element {
  if (!changed) return <span class="quiet small">active</span>;
  return <span class="small">{ok === false ? "changed, with errors" : "changed, not applied"}</span>;
}

/** In the order of the text; findings without a place come first. */
function byPlace(a: Finding, b: Finding): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

/** Codes about a key, and not about its value. */
const ofKeys: ReadonlySet<string> = new Set(["key-unknown", "danger-unknown"]);

/** A finding without a place is about the whole text. */
function placed({ line = 1, column, code, severity, message, fix }: Finding) {
  const where = column === undefined ? { line } : { line, column };
  return { ...where, ofKey: ofKeys.has(code), severity, message: `${message} Fix: ${fix}` };
}

interface Proposed {
  readonly note?: string;
  readonly error?: Error;
}

/** Writes a change that another view proposed in the address into the text; it is applied like any other. */
function useProposal(replaceText: (text: string) => void): Proposed {
  const { query } = useLocation();
  const [proposed, setProposed] = useState<Proposed>({});
  const proposal = readProposal(query);
  useEffect(() => {
    if (proposal === undefined) return;
    propose(proposal).then(
      ({ text, note }) => {
        replaceText(text);
        const next = note ?? "Review what it changes; nothing is applied yet.";
        setProposed({ note: `Proposed: ${proposalWords(proposal)}. ${next}` });
      },
      (reason: unknown) => setProposed({ error: reason instanceof Error ? reason : new Error(String(reason)) }),
    );
  }, [JSON.stringify(proposal)]);
  return proposed;
}

async function propose(change: ProposedChange): Promise<ProposedText> {
  return await call("POST /api/policy/propose", { body: proposalOf(change, await call("GET /api/policy")) });
}

/** What is known about the text as it is now. */
interface CandidateState {
  readonly report?: PolicyReport;
  /** The last text without errors. */
  readonly valid?: string;
  /** What it would change; missing while it is the active text. */
  readonly diff?: PolicyDiff;
  readonly error?: Error;
  /** Has the last change of the text been checked? */
  readonly settled: boolean;
}

/** Milliseconds without a key press before the text is checked. */
const settleMs = 200;

/** Checks a text while it is written: its findings, and what it would change. */
function useCandidate(text: string, active: string): CandidateState {
  const [state, setState] = useState<CandidateState>({ settled: false });
  useEffect(() => {
    const stop = new AbortController();
    setState((before) => ({ ...before, settled: false }));
    const timer = setTimeout(() => {
      checkText(text, text === active, stop.signal).then(
        (now) => setState(({ valid }) => ({ ...(valid === undefined ? {} : { valid }), ...now })),
        (reason: unknown) => {
          if (stop.signal.aborted) return;
          setState({ settled: true, error: reason instanceof Error ? reason : new Error(String(reason)) });
        },
      );
    }, settleMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text, active]);
  return state;
}

async function checkText(text: string, same: boolean, signal: AbortSignal): Promise<CandidateState> {
  const body = { text };
  const [report, diff] = await Promise.all([
    call("POST /api/policy/check", { body }, signal),
    same ? undefined : call("POST /api/policy/diff", { body }, signal),
  ]);
  return { report, settled: true, ...(diff === undefined ? {} : { diff }), ...(report.ok ? { valid: text } : {}) };
}
