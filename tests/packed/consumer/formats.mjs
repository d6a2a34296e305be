// Every entry by `import` and by `require`, and what one format makes in the other.

import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { exports } = require("@corsmith/cors/package.json");
const entries = Object.keys(exports)
  .filter((entry) => !entry.endsWith(".json"))
  .map((entry) => `@corsmith/cors${entry.slice(1)}`);
const unlike = [];
for (const entry of entries) {
  const imported = Object.keys(await import(entry)).sort();
  const required = Object.keys(require(entry)).sort();
  if (imported.length === 0 || JSON.stringify(imported) !== JSON.stringify(required))
    unlike.push({ entry, imported, required });
}

const imported = { core: await import("@corsmith/cors"), fetch: await import("@corsmith/cors/fetch") };
const required = { core: require("@corsmith/cors"), fetch: require("@corsmith/cors/fetch") };
const origin = "https://app.example.com";
const crossed = [];
for (const [maker, user] of [
  [imported, required],
  [required, imported],
]) {
  const policy = maker.core.definePolicy({ allowOrigins: origin });
  const response = await user.fetch.enforce(policy)(() => new Response("hello"))(
    new Request("https://api.example.com/", { headers: { origin } }),
  );
  let known = false;
  try {
    maker.core.definePolicy({ allowOrigins: `${origin}/` });
  } catch (error) {
    known = user.core.isPolicyError(error);
  }
  crossed.push({
    apart: maker.core.definePolicy !== user.core.definePolicy,
    decided: user.core.decide(policy, { method: "GET", origin }).reason,
    answered: response.headers.get("access-control-allow-origin"),
    known,
  });
}

console.log(JSON.stringify({ entries: entries.length, unlike, crossed }));
