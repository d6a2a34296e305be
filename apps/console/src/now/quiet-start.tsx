import type { Status } from "corsmith/api";
import type { JSX } from "preact";
import { CodeBlock } from "../parts/code-block.tsx";
import { Empty } from "../parts/empty.tsx";

/** Nobody has called yet: what to open, and what to run. */
export function QuietStart({ status }: { readonly status: Status }): JSX.Element {
  const { demoPages, listen } = status;
  const curl = `curl -i -H 'Origin: https://app.example.com' ${listen ?? "http://127.0.0.1:8080"}`;
  return (
    <Empty title="No traffic yet">
      {demoPages === undefined ? (
        <p>
          Open a page that calls the API through the gateway{listen === null ? "" : `, ${listen}`}. What its browser
          sends appears here at once.
        </p>
      ) : (
        <p>
          Open <a href={demoPages.allowed}>the page that the policy allows</a> or{" "}
          <a href={demoPages.refused}>the one that it refuses</a>, and press its buttons. Each request appears here at
          once.
        </p>
      )}
      <p>Or send a request yourself, in the name of a page:</p>
      <CodeBlock code={curl} what="the curl command" />
    </Empty>
  );
}
