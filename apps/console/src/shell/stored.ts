/** Reads what this browser stores for the console: choices of appearance only, no origin, no policy, no text. */
export function readStored(name: StoredName): string | null {
  try {
    return localStorage.getItem(`corsmith.${name}`);
  } catch {
    return null;
  }
}

/** Stores a choice; `null` removes it. */
export function store(name: StoredName, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`corsmith.${name}`);
    else localStorage.setItem(`corsmith.${name}`, value);
  } catch {
    // A browser that stores nothing for pages: the choice lasts as long as this page does.
  }
}

type StoredName = "theme" | "shortcuts";
