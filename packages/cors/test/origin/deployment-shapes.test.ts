import { describe, expect, test } from "vitest";
import { decide, definePolicy } from "../../src/index.ts";

/**
 * Where people really have their previews, tenants and regions. `base` is the domain that is theirs: the ten look-alikes are six that every
 * shape has, of the first host that is covered, and four of its own.
 */
interface Shape {
  readonly name: string;
  readonly entry: string;
  readonly base: string;
  readonly covers: readonly string[];
  readonly lookalikes: readonly [string, string, string, string];
}

const shapes: readonly Shape[] = [
  {
    name: "previews by pull request",
    entry: "https://pr-*.preview.example.org",
    base: "preview.example.org",
    covers: ["pr-7.preview.example.org", "pr-feature-x.preview.example.org"],
    lookalikes: [
      "pr-.preview.example.org",
      "pr-7.x.preview.example.org",
      "xpr-7.preview.example.org",
      "pr7.preview.example.org",
    ],
  },
  {
    name: "previews beside production",
    entry: "https://pr-*.example.com",
    base: "example.com",
    covers: ["pr-1.example.com", "pr-feature_x.example.com"],
    lookalikes: ["pr.example.com", "pr-1.pr-1.example.com", "prod.example.com", "pr-1-example.com"],
  },
  {
    name: "Netlify's previews under a domain of one's own",
    entry: "https://deploy-preview-*.preview.example.com",
    base: "preview.example.com",
    covers: ["deploy-preview-42.preview.example.com"],
    lookalikes: [
      "deploy-preview-.preview.example.com",
      "deploy-preview.preview.example.com",
      "deploy-previews-42.preview.example.com",
      "my-deploy-preview-42.preview.example.com",
    ],
  },
  {
    name: "branches in front of a site's name",
    entry: "https://*--shop.example.net",
    base: "example.net",
    covers: ["main--shop.example.net", "deploy-7--shop.example.net"],
    lookalikes: ["--shop.example.net", "shop.example.net", "main-shop.example.net", "main.x--shop.example.net"],
  },
  {
    name: "Vercel's branches under a preview suffix of one's own",
    entry: "https://my-app-git-*-team.preview.example.com",
    base: "preview.example.com",
    covers: ["my-app-git-main-team.preview.example.com", "my-app-git-fix-7-team.preview.example.com"],
    lookalikes: [
      "my-app-git--team.preview.example.com",
      "my-app-git-team.preview.example.com",
      "my-app-git-main-teams.preview.example.com",
      "my-app-main-team.preview.example.com",
    ],
  },
  {
    name: "tenants, each with a host",
    entry: "https://*.customers.example.com",
    base: "customers.example.com",
    covers: ["acme.customers.example.com", "eu.acme.customers.example.com"],
    lookalikes: [
      "customers.example.com",
      "acme-customers.example.com",
      "acme.customer.example.com",
      "acmecustomers.example.com",
    ],
  },
  {
    name: "tenants with the product in the name",
    entry: "https://*-portal.example.com",
    base: "example.com",
    covers: ["acme-portal.example.com", "acme-west-portal.example.com"],
    lookalikes: ["-portal.example.com", "portal.example.com", "acme.portal.example.com", "acme-portals.example.com"],
  },
  {
    name: "all subdomains",
    entry: "https://*.example.com",
    base: "example.com",
    covers: ["app.example.com", "a.b.c.example.com", "x_y.example.com"],
    lookalikes: ["example.com", "appexample.com", "app-example.com", "app.example.co"],
  },
  {
    name: "regions of one application",
    entry: "https://app-*.example.com",
    base: "example.com",
    covers: ["app-eu-west-1.example.com", "app-us.example.com"],
    lookalikes: ["app.example.com", "app-.example.com", "application.example.com", "eu-app.example.com"],
  },
  {
    name: "colours of a deployment",
    entry: "https://app-*-live.example.com",
    base: "example.com",
    covers: ["app-blue-live.example.com", "app-green-live.example.com"],
    lookalikes: [
      "app-live.example.com",
      "app--live.example.com",
      "app-blue.example.com",
      "app-blue-lively.example.com",
    ],
  },
  {
    name: "staging machines by number, on a port",
    entry: "https://web*.staging.example.com:8443",
    base: "staging.example.com",
    covers: ["web1.staging.example.com:8443", "web-02.staging.example.com:8443"],
    lookalikes: [
      "web.staging.example.com:8443",
      "web1.staging.example.com:8444",
      "web1.staging.example.com",
      "www1.staging.example.com:8443",
    ],
  },
  {
    name: "a development zone on any port",
    entry: "http://*.dev.internal:*",
    base: "dev.internal",
    covers: ["box-7.dev.internal:3000", "box-7.dev.internal"],
    lookalikes: ["dev.internal:3000", "box-7.internal:3000", "box-7-dev.internal", "box-7.dev.internals:3000"],
  },
  {
    name: "worktrees on one's own machine",
    entry: "http://wt-*.localhost:*",
    base: "localhost",
    covers: ["wt-3.localhost:5173", "wt-main.localhost"],
    lookalikes: ["localhost:5173", "wt-.localhost:5173", "wt-3.x.localhost:5173", "wt-3-localhost:5173"],
  },
  {
    name: "code spaces behind a proxy of one's own",
    entry: "https://*-3000.spaces.example.dev",
    base: "spaces.example.dev",
    covers: ["fluffy-goggles-x4-3000.spaces.example.dev"],
    lookalikes: [
      "-3000.spaces.example.dev",
      "3000.spaces.example.dev",
      "fluffy-13000.spaces.example.dev",
      "fluffy-3000.example.dev",
    ],
  },
  {
    name: "storybooks by commit",
    entry: "https://storybook-*.ui.example.io",
    base: "ui.example.io",
    covers: ["storybook-9f8e7d6c.ui.example.io"],
    lookalikes: [
      "storybook.ui.example.io",
      "storybook-.ui.example.io",
      "storybooks-9f8e.ui.example.io",
      "9f8e.storybook.ui.example.io",
    ],
  },
  {
    name: "a country's domain of two labels",
    entry: "https://*.example.co.uk",
    base: "example.co.uk",
    covers: ["shop.example.co.uk"],
    lookalikes: ["example.co.uk", "shop.example.uk", "shopexample.co.uk", "shop.example.co.uk.co.uk"],
  },
  {
    name: "an international domain",
    entry: "https://kasse-*.xn--bcher-kva.example",
    base: "xn--bcher-kva.example",
    covers: ["kasse-1.xn--bcher-kva.example"],
    lookalikes: [
      "kasse-1.bücher.example",
      "kasse-1.bucher.example",
      "kasse-1.xn--bcher-kvb.example",
      "kasse-.xn--bcher-kva.example",
    ],
  },
  {
    name: "one bucket's own hosts",
    entry: "https://*.my-bucket.s3.amazonaws.com",
    base: "my-bucket.s3.amazonaws.com",
    covers: ["v2.my-bucket.s3.amazonaws.com"],
    lookalikes: [
      "my-bucket.s3.amazonaws.com",
      "evil.s3.amazonaws.com",
      "v2.my-buckets.s3.amazonaws.com",
      "v2.my-bucket.s3.eu-west-1.amazonaws.com",
    ],
  },
  {
    name: "names with underscores",
    entry: "https://feature_*.example.com",
    base: "example.com",
    covers: ["feature_login.example.com", "feature_a_b.example.com"],
    lookalikes: [
      "feature_.example.com",
      "feature-login.example.com",
      "my_feature_x.example.com",
      "feature.example.com",
    ],
  },
  {
    name: "one letter before the star",
    entry: "https://v*.api-docs.example.com",
    base: "api-docs.example.com",
    covers: ["v2.api-docs.example.com", "v10-beta.api-docs.example.com"],
    lookalikes: [
      "v.api-docs.example.com",
      "2.api-docs.example.com",
      "v2.docs.example.com",
      "v2.x.api-docs.example.com",
    ],
  },
];

/** What every pattern is attacked by: names around the domain, another end, another case, another scheme. */
function usualLookalikes({ entry, base, covers: [covered = ""] }: Shape): readonly string[] {
  const scheme = entry.slice(0, entry.indexOf("://"));
  const host = covered.replace(/:\d+$/, "");
  const port = covered.slice(host.length);
  return [
    `${scheme}://${host}.evil.example${port}`,
    `${scheme}://${host}evil.example${port}`,
    `${scheme}://${host.slice(0, -base.length)}evil-${base}${port}`,
    `${scheme}://${host.slice(0, -base.length - 1)}x${base}${port}`,
    `${scheme}://${host.toUpperCase()}${port}`,
    `${scheme === "https" ? "http" : "https"}://${covered}`,
  ];
}

describe("deployments as they are, and ten hosts that look like each", () => {
  test("there are twenty, of ten look-alikes each", () => {
    expect(shapes.length).toBe(20);
    for (const shape of shapes) expect(new Set([...usualLookalikes(shape), ...shape.lookalikes]).size).toBe(10);
  });

  test.each(shapes.map((shape) => [shape.name, shape] as const))("%s", (_, shape) => {
    const policy = definePolicy({ allowOrigins: shape.entry });
    const scheme = shape.entry.slice(0, shape.entry.indexOf("://"));
    const isAllowed = (origin: string) => decide(policy, { method: "GET", origin }).reason === "allowed";
    const own = shape.lookalikes.map((host) => `${scheme}://${host}`);
    expect(shape.covers.map((host) => `${scheme}://${host}`).filter((origin) => !isAllowed(origin))).toEqual([]);
    expect([...usualLookalikes(shape), ...own].filter(isAllowed)).toEqual([]);
  });
});
