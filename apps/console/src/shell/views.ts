import lazy from "preact-iso/lazy";

/** One view of the console. */
export interface View {
  readonly path: string;
  readonly name: string;
  /** Opens the view when pressed after `g`. */
  readonly key: string;
  readonly icon: string;
}

/** In the order of the navigation. Icons are paths in a box of 24, drawn with a pen of 1.75. */
export const views: readonly View[] = [
  { path: "/", name: "Overview", key: "h", icon: "M3 12h4l3-8 4 16 3-8h4" },
  {
    path: "/origins",
    name: "Origins",
    key: "o",
    icon: "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18",
  },
  { path: "/requests", name: "Requests", key: "r", icon: "M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4" },
  { path: "/policy", name: "Policy", key: "p", icon: "M7 3h8l4 4v14H7zM15 3v4h4M10 12h6M10 16h6" },
  { path: "/try", name: "Try it", key: "t", icon: "M7 4.5v15l12-7.5z" },
  { path: "/explain", name: "Explain", key: "e", icon: "M4 5h16v11h-8l-5 4v-4H4zM8 9h8M8 12.5h5" },
];

/** What is shown at each path. Each view is a file of its own, loaded when it is first opened. */
export const pages = {
  overview: lazy(async () => (await import("../overview/overview-view.tsx")).OverviewView),
  origins: lazy(async () => (await import("../origins/origins-view.tsx")).OriginsView),
  origin: lazy(async () => (await import("../origins/origin-view.tsx")).OriginView),
  requests: lazy(async () => (await import("../requests/requests-view.tsx")).RequestsView),
  request: lazy(async () => (await import("../requests/request-view.tsx")).RequestView),
  policy: lazy(async () => (await import("../policy/policy-view.tsx")).PolicyView),
  tryIt: lazy(async () => (await import("../try-it/try-it-view.tsx")).TryItView),
  explain: lazy(async () => (await import("../explain/explain-view.tsx")).ExplainView),
};
