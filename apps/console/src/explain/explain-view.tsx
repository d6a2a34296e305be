import type { JSX } from "preact";
import { PageHead } from "../parts/page-head.tsx";
export function ExplainView(): JSX.Element {
  return <PageHead title="Explain" />;
}
