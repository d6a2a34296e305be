import { fileURLToPath } from "node:url";

export default {
  // The library is linked from the workspace above.
  turbopack: { root: fileURLToPath(new URL("../../", import.meta.url)) },
  // A redirect that takes a slash away comes before the proxy, and a preflight may not be redirected.
  skipTrailingSlashRedirect: true,
};
