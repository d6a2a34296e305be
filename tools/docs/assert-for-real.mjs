// Loaded before each documented example: `console.assert` reads well in a document, but Node only prints a line when it fails.

console.assert = (condition, ...words) => {
  if (!condition) throw new Error(["console.assert failed", ...words].join(": "));
};
