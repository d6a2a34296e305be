import type { Output } from "./terminal.ts";

/** Nothing is shown of what takes less. Milliseconds. */
const delayMs = 1_000;

/**
 * Does something that takes its time, and shows what is being done once that is more than a second: one line that is written over in a
 * terminal, and removed at the end. `work` is handed what says it.
 */
export async function withProgress<Result>(
  output: Output,
  work: (say: (doing: string) => void) => Promise<Result>,
): Promise<Result> {
  let doing = "";
  let shown = false;
  const show = (): void => {
    if (output.isTerminal) output.write(`\r\u001b[2K${output.colors.dim(`… ${doing}`)}`);
    else output.write(`… ${doing}\n`);
    shown = true;
  };
  const timer = setTimeout(show, delayMs);
  try {
    return await work((text) => {
      doing = text;
      if (shown) show();
    });
  } finally {
    clearTimeout(timer);
    if (shown && output.isTerminal) output.write("\r\u001b[2K");
  }
}
