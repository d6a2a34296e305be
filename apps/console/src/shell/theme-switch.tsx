import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { readStored, store } from "./stored.ts";

type Theme = "auto" | "light" | "dark";

const themes: readonly { readonly theme: Theme; readonly word: string }[] = [
  { theme: "auto", word: "Auto" },
  { theme: "light", word: "Light" },
  { theme: "dark", word: "Dark" },
];

/** Light, dark, or as the system is set. `chosen-theme.js` reads the choice before the next page is painted. */
export function ThemeSwitch(): JSX.Element {
  const [chosen, setChosen] = useState<Theme>(storedTheme);
  const choose = (theme: Theme): void => {
    setChosen(theme);
    store("theme", theme === "auto" ? null : theme);
    if (theme === "auto") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
  };
  return (
    <fieldset>
      <legend class="hidden">Theme</legend>
      <div class="themes choices box">
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

function storedTheme(): Theme {
  const stored = readStored("theme");
  return stored === "light" || stored === "dark" ? stored : "auto";
}
