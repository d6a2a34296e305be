import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { checkPolicy, isPublicSuffix, publicSuffixBelow, publicSuffixDate } from "@corsmith/cors";
import { describe, expect, test } from "vitest";
import { publicSuffixes } from "../../src/config/public-suffixes.ts";

/** Where people deploy to, by who runs it: names right under these are anybody's. Looked up on 2026-11-30. */
const deployedTo: Readonly<Record<string, string>> = {
  "Amazon's functions and API gateways":
    "execute-api.us-east-1.amazonaws.com execute-api.eu-central-1.amazonaws.com lambda-url.us-east-1.on.aws lambda-url.eu-west-1.on.aws",
  "Amazon's buckets":
    "s3.amazonaws.com s3.eu-west-1.amazonaws.com s3-eu-west-1.amazonaws.com s3-website-us-east-1.amazonaws.com s3-website.eu-central-1.amazonaws.com s3.dualstack.us-east-1.amazonaws.com",
  "Amazon's machines and balancers":
    "us-west-2.compute.amazonaws.com compute-1.amazonaws.com us-east-1.elb.amazonaws.com us-east-1.awsapprunner.com",
  "Amazon's other hosts": "cloudfront.net elasticbeanstalk.com us-east-1.elasticbeanstalk.com amplifyapp.com",
  Google:
    "appspot.com r.appspot.com uc.r.appspot.com web.app firebaseapp.com run.app a.run.app us-central1.run.app cloudfunctions.net us-central1.hosted.app googleapis.com translate.goog",
  Azure:
    "azurewebsites.net scm.azurewebsites.net westeurope-01.azurewebsites.net cloudapp.net westus.cloudapp.azure.com azure-api.net azurestaticapps.net 2.azurestaticapps.net westeurope.azurestaticapps.net westeurope.3.azurestaticapps.net westeurope.azurecontainerapps.io azurefd.net z01.azurefd.net azureedge.net trafficmanager.net",
  "Azure's buckets": "core.windows.net blob.core.windows.net web.core.windows.net z13.web.core.windows.net",
  DigitalOcean: "ondigitalocean.app nyc3.digitaloceanspaces.com digitaloceanspaces.com",
  Cloudflare: "pages.dev workers.dev r2.dev trycloudflare.com",
  "pages and previews":
    "vercel.app vercel.dev now.sh netlify.app github.io gitlab.io bitbucket.io surge.sh readthedocs.io gitbook.io webflow.io framer.app framer.website wixsite.com notion.site",
  applications:
    "herokuapp.com onrender.com fly.dev up.railway.app koyeb.app northflank.app deno.dev deno.net val.run expo.app modal.run zeabur.app",
  "data and its pages": "supabase.co hasura.app streamlit.app hf.space gradio.live convex.app convex.site",
  "editors in the browser":
    "github.dev app.github.dev gitpod.io ws-eu115.gitpod.io csb.app codesandbox.io stackblitz.io webcontainer.io w-credentialless.webcontainer.io staticblitz.com repl.co id.repl.co replit.app replit.dev picard.replit.dev",
  "applications that a model writes":
    "lovable.app lovableproject.com bolt.host vusercontent.net base44.app emergent.host figma.site",
  tunnels:
    "ngrok.io eu.ngrok.io ngrok.app ngrok.dev ngrok-free.app ngrok-free.dev loca.lt serveo.net zrok.io euw.devtunnels.ms devtunnels.ms ts.net",
  "shops and sites": "myshopify.com wordpress.com squarespace.com weebly.com sharepoint.com blogspot.com wpengine.com",
  "names at home": "duckdns.org ddns.net no-ip.org myfritz.net nip.io",
};
const rows = Object.entries(deployedTo).map(([who, hosts]) => [who, hosts.split(" ")] as const);

describe("the library's table and the whole list", () => {
  test.each(rows)("both refuse every pattern under the hosts of %s", (_, hosts) => {
    const refused = (host: string, options = {}) =>
      ["*", "my-app-*", "*-team"].every((label) =>
        checkPolicy({ allowOrigins: `https://${label}.${host}` }, options).some(({ severity }) => severity === "error"),
      );
    expect(hosts.filter((host) => !refused(host))).toEqual([]);
    expect(hosts.filter((host) => !refused(host, publicSuffixes))).toEqual([]);
  });

  test.each(rows)("neither refuses what one tenant has of %s", (_, hosts) => {
    for (const host of hosts) {
      // Some platforms put a region or a cluster where another has the tenant.
      const tenant = `https://*.my-app.${isPublicSuffix(`my-app.${host}`) ? "my-region." : ""}${host}`;
      if (isPublicSuffix(tenant.slice("https://*.".length))) continue;
      expect(checkPolicy({ allowOrigins: tenant }), tenant).toEqual([]);
      expect(checkPolicy({ allowOrigins: tenant }, publicSuffixes), tenant).toEqual([]);
    }
  });

  test("both are of the same month", () => {
    expect(publicSuffixDate).toMatch(/^2026-1[12]-/);
  });

  test.each([
    ["amazonaws.com", "s3.amazonaws.com"],
    ["eu-west-1.amazonaws.com", "execute-api.eu-west-1.amazonaws.com"],
    ["azure.com", "*.cloudapp.azure.com"],
    ["kuleuven.be", "ezproxy.kuleuven.be"],
    ["eu-west-3.sagemaker.aws", "labeling.eu-west-3.sagemaker.aws"],
    ["render.com", "app.render.com"],
  ])("below %s there is %s", (host, below) => {
    expect(publicSuffixes.publicSuffixBelow(host)).toBe(below);
  });

  test.each(["example.com", "corsmith.dev", "my-app.vercel.app", "google.com", "internal", "localhost"])(
    "below %s there is none",
    (host) => {
      expect(publicSuffixes.publicSuffixBelow(host)).toBeUndefined();
    },
  );

  test("every domain with a listed suffix below it is found", () => {
    const missing = listedRules().flatMap((rule) => {
      const labels = rule.replace(/^\*\./, "").split(".");
      const above = labels.slice(1).map((_, index) => labels.slice(index + 1).join("."));
      return above.filter(
        (host) => !publicSuffixes.isPublicSuffix(host) && publicSuffixes.publicSuffixBelow(host) === undefined,
      );
    });
    expect([...new Set(missing)]).toEqual([]);
    expect(publicSuffixBelow("kuleuven.be")).toBeUndefined();
  });
});

/** The rules of the list, read from the data of the package that brings it. International names are written there as they are read. */
function listedRules(): readonly string[] {
  const source = readFileSync(createRequire(import.meta.url).resolve("tldts/src/data/trie.ts"), "utf8");
  const numbers = (name: string) =>
    (new RegExp(`${name} = [^[]*\\[([\\d,]*)\\]`).exec(source)?.[1] ?? "").split(",").map(Number);
  const text = /labelText = "([^"]*)"/.exec(source)?.[1] ?? "";
  const [flags, edgeStart, edgeLength, edgeChild] = ["nodeFlags", "edgeStart", "edgeLength", "edgeChild"].map(numbers);
  let at = 0;
  const labels = (edgeLength ?? []).map((length) => {
    at += length;
    return text.slice(at - length, at);
  });
  const rules: string[] = [];
  const walk = (node: number, end: string): void => {
    for (let edge = edgeStart?.[node] ?? 0; edge < (edgeStart?.[node + 1] ?? 0); edge += 1) {
      const name = `${labels[edge]}${end}`;
      const child = edgeChild?.[edge] ?? 0;
      if (flags?.[child]) rules.push(name);
      walk(child, `.${name}`);
    }
  };
  walk(Number(/rulesRoot = (\d+)/.exec(source)?.[1]), "");
  expect(rules.length).toBeGreaterThan(9_000);
  return rules.filter((rule) => /^[ -~]*$/.test(rule));
}
