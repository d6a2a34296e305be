/**
 * Leaves of a TypeScript source what its doc comments say, without the stars, each line where it was; every other line
 * becomes empty. So line numbers stay true.
 */
export function docComments(source: string): string {
  let inside = false;
  const lines = source.split(/\r?\n/).map((line) => {
    const starts = !inside && /^\s*\/\*\*/.test(line);
    if (!inside && !starts) return "";
    inside = !line.includes("*/");
    return line
      .replace(/\*\/.*$/, "")
      .replace(/^\s*\/\*\*\s?/, "")
      .replace(/^\s*\* ?/, "");
  });
  return lines.join("\n");
}
