import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { keep, readKept } from "./stored.ts";

type Theme = "auto" | "light" | "dark";

const themes: readonly { readonly theme: Theme; readonly word: string }[] = [
  { theme: "auto", word: "Auto" },
  { theme: "light", word: "Light" },
  { theme: "dark", word: "Dark" },
];

/** Light, dark, or as the system has it. `chosen-theme.js` reads the choice before the next page is painted. */
export function ThemeSwitch(): JSX.Element {
  const [chosen, setChosen] = useState<Theme>(keptTheme);
  const choose = (theme: Theme): void => {
    setChosen(theme);
    keep("theme", theme === "auto" ? null : theme);
    if (theme === "auto") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
  };
  return (
    <fieldset>
      <legend class="hidden">Theme</legend>
      <div class="themes">
        {themes.map(({ theme, word }) => (
          <label key={theme}>
            <input type="radio" name="theme" checked={chosen === theme} onChange={() => choose(theme)} />
            {word}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function keptTheme(): Theme {
  const kept = readKept("theme");
  return kept === "light" || kept === "dark" ? kept : "auto";
}
