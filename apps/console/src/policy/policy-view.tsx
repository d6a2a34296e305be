import type { JSX } from "preact";
import { PageHead } from "../parts/page-head.tsx";
export function PolicyView(): JSX.Element {
  return <PageHead title="Policy" />;
}
