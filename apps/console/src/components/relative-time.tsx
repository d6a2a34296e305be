import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { absoluteTime, relativeTime } from "../format/times.ts";

/** How long ago it was; the date and time are in the title. */
export function RelativeTime({ time }: { readonly time: number }): JSX.Element {
  return (
    <time dateTime={new Date(time).toISOString()} title={absoluteTime(time)}>
      {relativeTime(time, useNow())}
    </time>
  );
}

const listeners = new Set<(now: number) => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for the whole page, which runs while a time is shown. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    listeners.add(setNow);
    timer ??= setInterval(tick, 5_000);
    return () => {
      listeners.delete(setNow);
      if (listeners.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  }, []);
  return now;
}

function tick(): void {
  const now = Date.now();
  for (const listener of listeners) listener(now);
}
