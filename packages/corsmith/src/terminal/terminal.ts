import { createColors } from "picocolors";

/** Colours as functions; each returns its text unchanged where colours are off. */
export type Colors = ReturnType<typeof createColors>;

/** One of the two streams to people and programs. */
export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Columns for text. */
  readonly width: number;
  readonly colors: Colors;
}

/** Data goes to `out`, words about it to `err`. */
export interface Terminal {
  readonly out: Output;
  readonly err: Output;
}

/** Longer lines are hard to read, whatever the window's width. */
const maxWidth = 100;

/** The streams of this process. Colours are on in a terminal, unless `NO_COLOR` is set; `FORCE_COLOR` turns them on elsewhere. */
export function processTerminal(
  streams: Pick<NodeJS.Process, "stdout" | "stderr">,
  environment: Readonly<Record<string, string | undefined>>,
): Terminal {
  return { out: output(streams.stdout, environment), err: output(streams.stderr, environment) };
}

function output(stream: NodeJS.WriteStream, environment: Readonly<Record<string, string | undefined>>): Output {
  const isTerminal = stream.isTTY === true;
  // picocolors' own guess takes CI=true for a wish for colours, and looks at stdout also for stderr.
  const wanted = environment["FORCE_COLOR"]
    ? environment["FORCE_COLOR"] !== "0"
    : isTerminal && environment["TERM"] !== "dumb";
  return {
    write: (text) => {
      stream.write(text);
    },
    isTerminal,
    width: Math.min(maxWidth, isTerminal ? stream.columns || 80 : maxWidth),
    colors: createColors(wanted && !environment["NO_COLOR"]),
  };
}
