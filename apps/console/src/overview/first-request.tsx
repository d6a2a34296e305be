import type { Status } from "corsmith/api";
import type { JSX } from "preact";
import { CodeBlock } from "../components/code-block.tsx";
import { Empty } from "../components/layout.tsx";

/** Nobody has called yet: what to open, and what to run. */
export function QuietStart({ status }: { readonly status: Status }): JSX.Element {
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
        <p>
          Open a page that calls the API through the gateway, {listen}. What its browser sends appears here at once.
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
    </>
  );
}

/** Without a gateway everything comes from servers that report. */
function Collector(): JSX.Element {
  const code = `import { cors } from "@corsmith/cors/express";
import { sendDecisions } from "@corsmith/cors/observe";

app.use(cors(policy, sendDecisions({ url: "${location.origin}" })));
`;
  return (
    <>
      <p>This console waits for what your server reports. In a server that uses the middleware:</p>
      <CodeBlock code={code} what="the lines for the server" />
    </>
  );
}
