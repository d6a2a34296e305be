import { readFileSync } from "node:fs";

/** A query of a panel. */
export interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat?: string;
  readonly instant?: boolean;
}

/** What the tests need of a dashboard. */
export interface GrafanaDashboard {
  readonly panels: readonly { readonly title: string; readonly type: string; readonly targets: readonly Target[] }[];
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly type: string; readonly query: unknown }[];
  };
}

const dashboardFile = new URL("../../../../../docs/monitoring/grafana-dashboard.json", import.meta.url);
export const dashboard = JSON.parse(readFileSync(dashboardFile, "utf8")) as GrafanaDashboard;

/** What stands above the panels of a dashboard that somebody looks at, in seconds. */
export interface View {
  readonly range: number;
  readonly step: number;
  readonly scrape: number;
  /** The routes that are chosen; none is "All". */
  readonly routes: readonly string[];
}

/**
 * The expression that Grafana sends for a query, with its variables filled in. `$__rate_interval` is
 * `max($__interval + scrape interval, 4 * scrape interval)`; several values of a variable are alternatives of a regular expression, and
 * "All" is what the variable has for it.
 *
 * @see https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/
 */
export function filledIn(expression: string, { range, step, scrape, routes }: View): string {
  const values: Readonly<Record<string, string>> = {
    __rate_interval: `${Math.max(step + scrape, 4 * scrape)}s`,
    __range: `${range}s`,
    __interval: `${step}s`,
    route: routes.length === 0 ? ".*" : routes.length === 1 ? (routes[0] ?? "") : `(${routes.join("|")})`,
  };
  return expression.replaceAll(/\$\{?(\w+)\}?/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The dashboard has no variable $${name}: ${expression}`);
    return value;
  });
}

/** What stands beside a line of a panel. */
export function legend({ legendFormat = "" }: Target, labels: Readonly<Record<string, string>>): string {
  return legendFormat.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => labels[name] ?? "");
}
