import type { Engine, Trace } from "@corsmith/cors/browser";
import type { JSX } from "preact";
import { Sign } from "../parts/sign.tsx";
import { engines } from "./ask.ts";

interface EnginePickerProps {
  readonly traces: ReadonlyMap<Engine, Trace>;
  readonly chosen: Engine;
  onChoose(engine: Engine): void;
}

/** The verdict of each engine; the one that is chosen is drawn below. */
export function EnginePicker({ traces, chosen, onChoose }: EnginePickerProps): JSX.Element {
  return (
    <fieldset class="engines">
      <legend class="hidden">Whose browser?</legend>
      {engines.map(({ engine, name }) => {
        const outcome = traces.get(engine)?.outcome;
        return (
          <label key={engine} class="engine" data-chosen={engine === chosen}>
            <input type="radio" name="engine" checked={engine === chosen} onChange={() => onChoose(engine)} />
            <span class="engine-name">{name}</span>
            <span class="engine-verdict">
              <Sign standing={outcome === undefined ? "neutral" : outcome === "ok" ? "yes" : "no"} />{" "}
              {outcome === undefined ? "not asked" : outcome === "ok" ? "reads it" : "refuses"}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
