import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse, stringify } from "yaml";
import { type RunningProgram, runProgram } from "../../../../../tests/support/running-program.ts";
import { ConfigFolder } from "../../config/support/config-folder.ts";

const monitoring = fileURLToPath(new URL("../../../../../docs/monitoring/", import.meta.url));

/** One series of an answer, with its samples: a moment in seconds, and the value. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: readonly (readonly [number, number])[];
}

/** An alert rule as Prometheus has it. */
export interface RuleState {
  readonly name: string;
  readonly query: string;
  readonly health: string;
  readonly state: "inactive" | "pending" | "firing";
}

/** Seconds between two scrapes, and between two evaluations of the rules, so that a test need not wait for long. */
export const scrapeSeconds = 1;

/** Debian's Prometheus, with the configuration and the rules of `docs/monitoring`, asked over its HTTP API. */
export class PrometheusServer implements AsyncDisposable {
  readonly #program: RunningProgram;
  readonly #folder: ConfigFolder;
  readonly #url: string;

  private constructor(program: RunningProgram, folder: ConfigFolder) {
    this.#program = program;
    this.#folder = folder;
    this.#url = `http://${program.ready[1]}/api/v1`;
  }

  /** @param targets `host:port` of what is scraped, in place of the one in the documents */
  static async start(targets: readonly string[]): Promise<PrometheusServer> {
    const folder = new ConfigFolder();
    const config = parse(readFileSync(`${monitoring}prometheus.yaml`, "utf8"));
    config.global = { evaluation_interval: `${scrapeSeconds}s` };
    config.rule_files = [`${monitoring}alerts.yaml`];
    config.scrape_configs[0].scrape_interval = `${scrapeSeconds}s`;
    config.scrape_configs[0].scrape_timeout = `${scrapeSeconds}s`;
    config.scrape_configs[0].static_configs[0].targets = targets;
    const file = folder.write("prometheus.yaml", stringify(config));
    try {
      const program = await runProgram(
        "prometheus",
        [`--config.file=${file}`, `--storage.tsdb.path=${folder.file("data")}`, "--web.listen-address=127.0.0.1:0"],
        { ready: /msg="Listening on" address=(127\.0\.0\.1:\d+)[\s\S]*Server is ready/ },
      );
      return new PrometheusServer(program, folder);
    } catch (error) {
      folder[Symbol.dispose]();
      throw error;
    }
  }

  /** What an expression gives now. Rejects, with what Prometheus says, if it cannot be read. */
  async instant(query: string): Promise<readonly Series[]> {
    const { result } = await this.#ask<Answer<InstantSeries>>("query", { query });
    return result.map(({ metric, value }) => ({ labels: metric, samples: [numbers(value)] }));
  }

  /** What an expression gave in the last `seconds`, each `step` seconds. */
  async range(query: string, seconds: number, step: number): Promise<readonly Series[]> {
    const end = Date.now() / 1_000;
    const times = { start: String(end - seconds), end: String(end), step: String(step) };
    const { result } = await this.#ask<Answer<RangeSeries>>("query_range", { query, ...times });
    return result.map(({ metric, values }) => ({ labels: metric, samples: values.map(numbers) }));
  }

  async labelValues(metric: string, label: string): Promise<readonly string[]> {
    return await this.#ask<string[]>(`label/${label}/values`, { "match[]": metric });
  }

  async rules(): Promise<readonly RuleState[]> {
    const { groups } = await this.#ask<{ groups: { rules: RuleState[] }[] }>("rules", {});
    return groups.flatMap(({ rules }) => rules);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program.stop();
    this.#folder[Symbol.dispose]();
  }

  async #ask<T>(call: string, parameters: Readonly<Record<string, string>>): Promise<T> {
    const answer = await fetch(`${this.#url}/${call}?${new URLSearchParams(parameters)}`);
    const body = (await answer.json()) as { status: string; data: T; error?: string };
    if (body.status !== "success") throw new Error(`${parameters["query"] ?? call}: ${body.error}`);
    return body.data;
  }
}

interface Answer<T> {
  readonly result: readonly T[];
}
interface InstantSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}
interface RangeSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [number, string])[];
}

function numbers([time, value]: readonly [number, string]): readonly [number, number] {
  return [time, Number(value)];
}
