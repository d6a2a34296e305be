import type { Output } from "./terminal.ts";

/** Words about something that takes its time. */
export interface Progress {
  /** What is being done now. */
  readonly say: (doing: string) => void;
  stop(): void;
}

/** Nothing is shown of what takes less. Milliseconds. */
const delayMs = 1_000;

/** Says what is being done once it takes more than a second: one line that is written over in a terminal, and removed at the end. */
export function startProgress(output: Output): Progress {
  let doing = "";
  let shown = false;
  const show = (): void => {
    if (output.isTerminal) output.write(`\r\u001b[2K${output.colors.dim(`… ${doing}`)}`);
    else output.write(`… ${doing}\n`);
    shown = true;
  };
  const timer = setTimeout(show, delayMs);
  return {
    say(text) {
      doing = text;
      if (shown) show();
    },
    stop() {
      clearTimeout(timer);
      if (shown && output.isTerminal) output.write("\r\u001b[2K");
    },
  };
}
