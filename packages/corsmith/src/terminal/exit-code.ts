/** How the command ends. Scripts rely on these numbers. */
export const exitCode = {
  /** It did what was asked; `serve` also after draining on a signal. */
  done: 0,
  /** Something broke: a bug, or workers that keep dying. */
  failed: 1,
  /** `explain` knows no message in the text. */
  unknown: 1,
  /** `check`: a browser would keep the answer from the page. */
  blocked: 1,
  /** `audit`: something is misconfigured. */
  found: 1,
  /** The configuration, the flags or the machine do not allow what was asked. */
  refused: 2,
  /** `check` and `audit`: there was no answer to judge. */
  unreached: 3,
  /** A second Ctrl-C ended it at once. 128 + SIGINT, as shells count. */
  interrupted: 130,
} as const;
