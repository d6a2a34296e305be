import { createColors } from "picocolors";
import type { Output, Terminal } from "../../../src/terminal/terminal.ts";

/** An output that keeps what is written. */
export interface KeptOutput extends Output {
  text: string;
}

/** A terminal of this width that keeps what is written. */
export function fakeTerminal(
  width = 80,
  colors = false,
): Terminal & { readonly out: KeptOutput; readonly err: KeptOutput } {
  return { out: keptOutput(width, colors), err: keptOutput(width, colors) };
}

function keptOutput(width: number, colors: boolean): KeptOutput {
  return {
    text: "",
    write(text) {
      this.text += text;
    },
    isTerminal: false,
    width,
    colors: createColors(colors),
  };
}
