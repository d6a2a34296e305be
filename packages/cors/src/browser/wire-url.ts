/** The URL as it goes over the wire and into words: without fragment and without user information. */
export function wireUrl(url: URL): string {
  if (url.username === "" && url.password === "") return url.href.split("#")[0] ?? url.href;
  const bare = new URL(url);
  bare.hash = "";
  bare.username = "";
  bare.password = "";
  return bare.href;
}
