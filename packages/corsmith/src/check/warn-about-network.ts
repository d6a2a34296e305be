import type { CheckRequest } from "./check-request.ts";
import { isLoopback, isNear } from "./near-host.ts";
import type { Warning } from "./warning.ts";

/** A page of the open web that asks a machine near the user: a permission comes before any header. */
export function warnAboutLocalNetwork({ origin, url }: CheckRequest): readonly Warning[] {
  if (origin === "null" || isNear(new URL(origin).hostname) || !isNear(new URL(url).hostname)) return [];
  return [
    {
      id: "local-network-access-denied",
      severity: "info",
      says: "The API is on this machine or network, and the page is not: Chrome asks the user for permission first (Local Network Access), and no header answers for them.",
      fix: "While developing, serve the page from localhost too.",
    },
  ];
}

/** WebKit alone holds plain http to the machine itself for mixed content, too. A local server may stand for a live one, so this decides nothing. */
export function warnAboutMixedContent({ origin, url }: CheckRequest): readonly Warning[] {
  const { protocol, hostname } = new URL(url);
  if (!origin.startsWith("https:") || protocol !== "http:" || !isLoopback(hostname)) return [];
  return [
    {
      id: "mixed-content",
      severity: "info",
      says: "The page came over https and the API on this machine speaks plain http: Chrome and Firefox allow that, Safari blocks it as mixed content, whatever the headers. The verdict leaves this out.",
      fix: "For Safari, serve the page over http too while developing, or the API over https.",
    },
  ];
}
