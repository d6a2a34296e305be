import type { Status } from "corsmith/api";
import type { JSX } from "preact";
import { CodeBlock } from "../components/code-block.tsx";
import { Empty } from "../components/layout.tsx";

/** Before the first request: what to open, and what to run. */
export function FirstRequest({ status }: { readonly status: Status }): JSX.Element {
  const { demoPages, listen } = status;
  return (
    <Empty title="No traffic yet">
      {listen === null ? <Collector /> : <Gateway demoPages={demoPages} listen={listen} />}
    </Empty>
  );
}

interface GatewayProps {
  readonly demoPages: Status["demoPages"];
  readonly listen: string;
}

function Gateway({ demoPages, listen }: GatewayProps): JSX.Element {
  const curl = `curl -i -H 'Origin: https://app.example.com' ${listen}`;
  return (
    <>
      {demoPages === undefined ? (
        <p>Open a page that calls the API through the gateway, {listen}. Its requests appear here at once.</p>
      ) : (
        <p>
          Open <a href={demoPages.allowed}>the page that the policy allows</a> or{" "}
          <a href={demoPages.refused}>the one that it refuses</a>, and press the buttons. Each request appears here at
          once.
        </p>
      )}
      <p>Or send a request yourself, as a page would:</p>
      <CodeBlock code={curl} what="the curl command" />
    </>
  );
}

/** Without a gateway every decision comes from servers that report. */
function Collector(): JSX.Element {
  const code = `import { cors } from "@corsmith/cors/express";
import { sendDecisions } from "@corsmith/cors/observe";

app.use(cors(policy, sendDecisions({ url: "${location.origin}" })));
`;
  return (
    <>
      <p>This console shows what your servers report. In a server that uses the middleware:</p>
      <CodeBlock code={code} what="the lines for the server" />
    </>
  );
}
