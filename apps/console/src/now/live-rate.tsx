import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Sign } from "../parts/sign.tsx";
import { useLive } from "../server/live.ts";
import { rate } from "../words/numbers.ts";

/** Milliseconds that the figure tells of. */
const shownMs = 10_000;

/** Decisions a second, over the last ten seconds, from the stream itself. */
export function LiveRate(): JSX.Element {
  const moments = useRef<readonly Moment[]>([]);
  const [perSecond, setPerSecond] = useState(0);
  const state = useLive((event) => {
    if (event.event !== "moment") return;
    moments.current = [...moments.current, { at: performance.now(), ...event }];
    show();
  });
  const show = (): void => {
    const now = performance.now();
    moments.current = moments.current.filter(({ at }) => at > now - shownMs);
    setPerSecond(moments.current.reduce((sum, moment) => sum + within(moment), 0) / (shownMs / 1_000));
  };
  // When nothing happens nothing is told: what is over goes by the clock.
  useEffect(() => {
    const timer = setInterval(show, 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div class="figure">
      <dt>
        <Sign standing={state === "flowing" ? "yes" : "look"} />{" "}
        {state === "lost" ? "Connection lost" : "Decisions a second"}
      </dt>
      <dd>
        <span class="figure-value">{rate(perSecond)}</span>
        <span class="figure-words">{state === "lost" ? "trying again" : "live, last 10 s"}</span>
      </dd>
    </div>
  );
}

interface Moment {
  /** When it came, by this page's clock. */
  readonly at: number;
  /** How long it was: more than a second, if a database that was away is back. */
  readonly milliseconds: number;
  readonly counts: { readonly decisions: number };
}

/** Of a moment that began before what is shown, the part that belongs to it. */
function within({ milliseconds, counts: { decisions } }: Moment): number {
  return milliseconds <= shownMs ? decisions : (decisions * shownMs) / milliseconds;
}
