import type { Finding, PolicyDiff, PolicyReport, PolicySource, ProposedText } from "corsmith/api";
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import lazy from "preact-iso/lazy";
import { useLocation } from "preact-iso/router";
import { call } from "../api/call.ts";
import { Panel } from "../components/layout.tsx";
import { Fault } from "../components/query-state.tsx";
import { ApplyDialog } from "./confirm-dialog.tsx";
import { DiffView } from "./diff-view.tsx";
import { EffectMatrix } from "./effect-matrix.tsx";
import { FindingList } from "./finding-list.tsx";
import { type ProposedChange, proposalOf, proposalWords, readProposal } from "./proposal.ts";

const PolicyEditor = lazy(async () => (await import("../editor/policy-editor.tsx")).PolicyEditor);

/** The file in an editor: checked while it is written, compared with what is in force, and put in force when somebody confirms it. */
export function PolicyDesk({ source }: { readonly source: PolicySource }): JSX.Element {
  const [text, setText] = useState(source.text);
  const [given, setGiven] = useState({ text });
  const put = (whole: string): void => {
    setText(whole);
    setGiven({ text: whole });
  };
  const [applying, setApplying] = useState(false);
  const { note, error: proposalError } = useProposal(put);
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
        {proposalError === undefined ? null : <Fault error={proposalError} />}
        {candidate.error === undefined ? null : <Fault error={candidate.error} />}
        {note === undefined ? null : <p class="policy-note">{note}</p>}
        <div class="desk">
          <div class="desk-editor">
            <PolicyEditor
              given={given}
              label="The file with the policy"
              readOnly={false}
              findings={findings}
              wanted={wanted}
              onChange={setText}
            />
          </div>
          <FindingList findings={reported} onWant={(place) => setWanted({ place })} />
        </div>
        <div class="desk-deeds">
          <button
            type="button"
            class="main"
            aria-disabled={!(ready && source.editable)}
            onClick={() => {
              if (ready && source.editable) setApplying(true);
            }}
          >
            Put it in force…
          </button>
          <button
            type="button"
            aria-disabled={!changed}
            onClick={() => {
              if (changed) put(source.text);
            }}
          >
            Back to what is in force
          </button>
          <p class="quiet small">
            {source.editable
              ? "Nothing changes before you confirm it, and every version can be rolled back."
              : `Try changes here; they cannot be written from here. ${source.reason ?? ""}`}
          </p>
        </div>
      </Panel>
      {candidate.diff?.ok !== true || !changed ? null : (
        <Panel title="What it would change" id="policy-diff">
          <DiffView diff={candidate.diff} />
        </Panel>
      )}
      <EffectMatrix text={changed ? candidate.sound : undefined} />
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
  if (!changed) return <span class="quiet small">as it is in force</span>;
  return <span class="small">{ok === false ? "changed, with mistakes" : "changed, not in force"}</span>;
}

/** In the order of the text; what stands nowhere in it comes first. */
function byPlace(a: Finding, b: Finding): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

/** Codes that are about a key, and not about its value. */
const ofKeys: ReadonlySet<string> = new Set(["key-unknown", "danger-unknown"]);

/** One that stands nowhere in the text is about the whole. */
function placed({ line = 1, column, code, severity, message, fix }: Finding) {
  const where = column === undefined ? { line } : { line, column };
  return { ...where, ofKey: ofKeys.has(code), severity, message: `${message} Fix: ${fix}` };
}

interface Proposed {
  readonly note?: string;
  readonly error?: Error;
}

/** A change that another view proposed in the address is written into the text; it is in force no sooner than any other. */
function useProposal(put: (text: string) => void): Proposed {
  const { query } = useLocation();
  const [proposed, setProposed] = useState<Proposed>({});
  const proposal = readProposal(query);
  useEffect(() => {
    if (proposal === undefined) return;
    propose(proposal).then(
      ({ text, note }) => {
        put(text);
        const next = note ?? "Look at what it would change; nothing is in force yet.";
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

/** What is known of the text as it is now. */
export interface CandidateState {
  readonly report?: PolicyReport;
  /** The last text that could be put in force. */
  readonly sound?: string;
  /** What it would change; missing while it is the text in force. */
  readonly diff?: PolicyDiff;
  readonly error?: Error;
  /** Is the last change of the text judged? */
  readonly settled: boolean;
}

/** Milliseconds without a key before the text is judged. */
const pause = 200;

/** Has a text judged while it is written: its findings, and what it would change. */
function useCandidate(text: string, inForce: string): CandidateState {
  const [state, setState] = useState<CandidateState>({ settled: false });
  useEffect(() => {
    const stop = new AbortController();
    setState((before) => ({ ...before, settled: false }));
    const timer = setTimeout(() => {
      judge(text, text === inForce, stop.signal).then(
        (now) => setState(({ sound }) => ({ ...(sound === undefined ? {} : { sound }), ...now })),
        (reason: unknown) => {
          if (stop.signal.aborted) return;
          setState({ settled: true, error: reason instanceof Error ? reason : new Error(String(reason)) });
        },
      );
    }, pause);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text, inForce]);
  return state;
}

async function judge(text: string, same: boolean, signal: AbortSignal): Promise<CandidateState> {
  const body = { text };
  const [report, diff] = await Promise.all([
    call("POST /api/policy/check", { body }, signal),
    same ? undefined : call("POST /api/policy/diff", { body }, signal),
  ]);
  return { report, settled: true, ...(diff === undefined ? {} : { diff }), ...(report.ok ? { sound: text } : {}) };
}
