const key = "corsmith.token";

const kept = new EventTarget();

/** Resolves when another token is kept, or when it is no longer waited for. */
export function anotherToken(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    kept.addEventListener("kept", () => resolve(), { once: true, signal });
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** The token that this API may demand; kept as long as the tab lives, and no longer. */
export function readToken(): string | undefined {
  try {
    return sessionStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the token for this tab. */
export function keepToken(token: string): void {
  try {
    sessionStorage.setItem(key, token);
  } catch {
    // A browser that keeps nothing for pages: it will be asked for again.
  }
  kept.dispatchEvent(new Event("kept"));
}
