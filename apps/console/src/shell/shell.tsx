import "./shell.css";
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { ErrorBoundary } from "preact-iso/lazy";
import { LocationProvider, Route, Router, useLocation } from "preact-iso/router";
import { PageHead } from "../components/layout.tsx";
import { ShortcutsDialog, useShortcuts } from "./shortcuts.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";
import { pages, views } from "./views.ts";

/** The whole page: the navigation, and the view that the address names. */
export function Shell(): JSX.Element {
  return (
    <LocationProvider>
      <Frame />
    </LocationProvider>
  );
}

function Frame(): JSX.Element {
  const { path, route } = useLocation();
  const [helpOpen, setHelpOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  useShortcuts({ go: route, help: () => setHelpOpen(true) });

  // Moves a screen reader to the new view; otherwise a click leaves the focus on a link that stays.
  const arrive = (): void => main.current?.focus({ preventScroll: true });
  return (
    <div class="shell">
      <a class="skip" href="#main">
        Skip to content
      </a>
      <header class="side">
        <a class="brand" href="/">
          <Mark />
          Corsmith
        </a>
        <Navigation path={path} />
        <div class="side-foot">
          <button type="button" class="slim" onClick={() => setHelpOpen(true)}>
            Keyboard <kbd>?</kbd>
          </button>
          <ThemeSwitch />
        </div>
      </header>
      <main class="page" id="main" tabIndex={-1} ref={main}>
        <ErrorBoundary>
          <Router onRouteChange={arrive}>
            <Route path="/" component={pages.overview} />
            <Route path="/origins" component={pages.origins} />
            <Route path="/origins/:origin" component={pages.origin} />
            <Route path="/requests" component={pages.requests} />
            <Route path="/requests/:id" component={pages.request} />
            <Route path="/policy" component={pages.policy} />
            <Route path="/try" component={pages.tryIt} />
            <Route path="/explain" component={pages.explain} />
            <Route default component={NotFoundView} />
          </Router>
        </ErrorBoundary>
      </main>
      <ShortcutsDialog open={helpOpen} onClose={() => setHelpOpen(false)} />
    </div>
  );
}

function Navigation({ path }: { readonly path: string }): JSX.Element {
  return (
    <nav class="views" aria-label="Views">
      {views.map((view) => (
        <a key={view.path} href={view.path} aria-current={isAt(path, view.path) ? "page" : undefined}>
          <svg width="20" height="20" viewBox="0 0 24 24" aria-hidden="true">
            <path
              d={view.icon}
              fill="none"
              stroke="currentColor"
              stroke-width="1.75"
              stroke-linecap="round"
              stroke-linejoin="round"
            />
          </svg>
          <span data-word={view.name}>{view.name}</span>
        </a>
      ))}
    </nav>
  );
}

/** `/origins/…` is still the view `/origins`; `/` is itself alone. */
function isAt(path: string, view: string): boolean {
  return path === view || (view !== "/" && path.startsWith(`${view}/`));
}

function Mark(): JSX.Element {
  return (
    <svg width="24" height="24" viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke="currentColor">
      <path d="M22 8.5A10 10 0 1 0 22 23.5" stroke-width="4" stroke-linecap="round" />
      <path d="M13 16h15m-4.5-4.5L28 16l-4.5 4.5" stroke-width="3" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}

/** Shown at an unknown address. */
function NotFoundView(): JSX.Element {
  return <PageHead title="Page not found">There is no page at this address. Choose one from the navigation.</PageHead>;
}
