import type { IncomingHttpHeaders } from "node:http";
import { buffer } from "node:stream/consumers";
import { createGunzip } from "node:zlib";
import { instruments } from "../../../src/metrics/instruments.ts";
import { TestUpstream } from "../../cli/support/upstream.ts";
import { type ExportedMetric, type ExportedMetrics, readExport } from "./otlp-messages.ts";

/** An export that has come. */
export interface Received {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  /** What it says, or why it cannot be read. */
  readonly metrics: ExportedMetrics | Error;
}

/** A receiver of OTLP over HTTP, on loopback. It decodes what comes, and answers as a collector does. */
export class OtlpReceiver implements AsyncDisposable {
  readonly received: Received[] = [];
  readonly #server: Promise<TestUpstream>;

  private constructor() {
    this.#server = TestUpstream.start(async (request, response) => {
      const { url: path, headers } = request;
      const body = await buffer(headers["content-encoding"] === "gzip" ? request.pipe(createGunzip()) : request);
      const type = headers["content-type"];
      this.received.push({ path, headers, metrics: read(body, type) });
      // The empty message: nothing of it was refused.
      response.setHeader("content-type", type ?? "").end(type === "application/json" ? "{}" : "");
    });
  }

  static async start(): Promise<{ readonly url: string } & OtlpReceiver> {
    const receiver = new OtlpReceiver();
    const { url } = await receiver.#server;
    return Object.assign(receiver, { url });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await (await this.#server)[Symbol.asyncDispose]();
  }
}

function read(body: Buffer, type: string | undefined): ExportedMetrics | Error {
  try {
    return readExport(body, type);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** The metrics of an export. Throws if it could not be read. */
export function exportedMetrics({ metrics }: Received): readonly ExportedMetric[] {
  if (metrics instanceof Error) throw metrics;
  return metrics.resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
}

/** Decisions that an export counts. */
export function exportedDecisions(received: Received): number {
  const decisions = exportedMetrics(received).find(({ name }) => name === instruments.decisions.name);
  return (decisions?.sum?.dataPoints ?? []).reduce((sum, { asDouble }) => sum + asDouble, 0);
}

/** Who sends, as far as it is text. */
export function exportedResource({ metrics }: Received): Readonly<Record<string, string | undefined>> {
  if (metrics instanceof Error) throw metrics;
  const attributes = metrics.resourceMetrics.flatMap(({ resource }) => resource.attributes);
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue]));
}
