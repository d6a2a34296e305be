/** @type {import("next").NextConfig} */
export default {
  // A redirect that takes a slash away comes before the proxy, and a preflight may not be redirected.
  skipTrailingSlashRedirect: true,
};
