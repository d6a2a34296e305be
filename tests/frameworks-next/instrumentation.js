/** Runs when the server starts: a policy that cannot be built must not serve. */
export async function register() {
  if (process.env.CORS_POLICY === undefined) return;
  const { guard } = await import("./policy.js");
  guard();
}
