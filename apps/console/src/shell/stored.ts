/** Reads what this browser keeps for the console. Nothing is kept but choices of looks: no origin, no policy, no text. */
export function readKept(name: KeptName): string | null {
  try {
    return localStorage.getItem(`corsmith.${name}`);
  } catch {
    return null;
  }
}

/** Keeps a choice; `null` forgets it. */
export function keep(name: KeptName, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`corsmith.${name}`);
    else localStorage.setItem(`corsmith.${name}`, value);
  } catch {
    // A browser that keeps nothing for pages: the choice lasts as long as this page does.
  }
}

type KeptName = "theme" | "shortcuts";
