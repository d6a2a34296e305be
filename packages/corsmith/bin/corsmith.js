#!/usr/bin/env node
// Nothing is imported before the version is checked: an older Node would stop at the syntax of what it loads, and say nothing of why.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 13)) {
  console.error(
    `Corsmith needs Node 22.13 or later; this is Node ${process.versions.node}. Get a later one at https://nodejs.org.`,
  );
  process.exitCode = 2;
} else {
  import("../dist/main.js").catch((error) => {
    const unbuilt = error.code === "ERR_MODULE_NOT_FOUND" && error.message.includes("dist/main.js");
    console.error(unbuilt ? "Corsmith is not built yet. In its repository, run: npm run build" : error);
    process.exitCode = 1;
  });
}
