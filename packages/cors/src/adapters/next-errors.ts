/**
 * Next throws to navigate: `redirect()`, `notFound()` and the like are errors whose `digest` says what to do. Those that make a response
 * become one here, so that it can carry headers; the others tell Next how to render and must reach it.
 *
 * @see https://nextjs.org/docs/app/api-reference/functions/redirect
 */
export function responseOfNextError(thrown: unknown): Response | "for-next" | "not-next" {
  const digest = typeof thrown === "object" && thrown !== null && "digest" in thrown ? thrown.digest : undefined;
  if (typeof digest !== "string") return "not-next";
  const words = digest.split(";");
  if (words[0] === "NEXT_REDIRECT") {
    // NEXT_REDIRECT;push;<location>;307; — the location may have semicolons of its own.
    const location = words.slice(2, -2).join(";");
    return new Response(null, { status: Number(words.at(-2)), headers: { Location: location } });
  }
  if (words[0] === "NEXT_HTTP_ERROR_FALLBACK") return new Response(null, { status: Number(words[1]) });
  return "for-next";
}
