import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { Sign } from "../parts/sign.tsx";
import { useLive } from "../server/live.ts";
import { rate } from "../words/numbers.ts";

/** Decisions a second, over the last ten seconds, from the stream itself. */
export function LiveRate(): JSX.Element {
  const moments = useRef<readonly Moment[]>([]);
  const [perSecond, setPerSecond] = useState(0);
  const state = useLive((event) => {
    if (event.event !== "moment") return;
    const since = event.time - 10_000;
    const kept = moments.current.filter(({ time }) => time > since);
    moments.current = [...kept, { time: event.time, decisions: event.counts.decisions }];
    setPerSecond(moments.current.reduce((sum, { decisions }) => sum + decisions, 0) / 10);
  });
  return (
    <div class="figure">
      <dt>
        <Sign standing={state === "flowing" ? "yes" : "look"} />{" "}
        {state === "lost" ? "Connection lost" : "A second, live"}
      </dt>
      <dd>
        <span class="figure-value">{rate(perSecond)}</span>
        <span class="figure-words">{state === "lost" ? "trying again" : "decisions, last 10 s"}</span>
      </dd>
    </div>
  );
}

interface Moment {
  readonly time: number;
  readonly decisions: number;
}
