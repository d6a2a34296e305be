declare module "@microsoft/jest-sarif/lib/build-matcher.js" {
  export function buildMatcher(): (log: unknown) => { readonly pass: boolean; readonly message: () => string };
}
