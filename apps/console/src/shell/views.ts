import lazy from "preact-iso/lazy";

/** One view of the console. */
export interface View {
  readonly path: string;
  readonly name: string;
  /** Pressed after `g`, it leads here. */
  readonly key: string;
  readonly icon: string;
}

/** In the order in which they stand in the navigation. Icons are paths in a box of 24, drawn with a pen of 1.75. */
export const views: readonly View[] = [
  { path: "/policy", name: "Policy", key: "p", icon: "M7 3h8l4 4v14H7zM15 3v4h4M10 12h6M10 16h6" },
  { path: "/try", name: "Try it", key: "t", icon: "M7 4.5v15l12-7.5z" },
  { path: "/explain", name: "Explain", key: "e", icon: "M4 5h16v11h-8l-5 4v-4H4zM8 9h8M8 12.5h5" },
];

/** What is drawn at each path. Each view is a file of its own, which is loaded when it is first opened. */
export const pages = {
  policy: lazy(async () => (await import("../policy/policy-view.tsx")).PolicyView),
  tryIt: lazy(async () => (await import("../try-it/try-it-view.tsx")).TryItView),
  explain: lazy(async () => (await import("../explain/explain-view.tsx")).ExplainView),
};
