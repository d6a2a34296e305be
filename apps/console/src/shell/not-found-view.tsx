import type { JSX } from "preact";
import { PageHead } from "../parts/page-head.tsx";

/** An address that leads nowhere. */
export function NotFoundView(): JSX.Element {
  return (
    <PageHead title="There is no such view">
      The address in the browser’s bar is not one of the console’s. The navigation leads to those that are.
    </PageHead>
  );
}
