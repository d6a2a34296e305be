import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Reporter, TestCase } from "vitest/node";

/**
 * Keeps the names of the tests that are running in a file, so that a run that is stopped by its time limit can say where it was.
 * The file is written at most twice a second; it is empty when the run has ended.
 */
export class RunningTests implements Reporter {
  readonly #file: string;
  readonly #running = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  onTestRunStart(): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    this.#write();
  }

  onTestCaseReady({ id, fullName, module }: TestCase): void {
    this.#running.set(id, `${module.relativeModuleId}: ${fullName}`);
    this.#timer ??= setTimeout(() => this.#write(), 500).unref();
  }

  onTestCaseResult({ id }: TestCase): void {
    this.#running.delete(id);
    this.#timer ??= setTimeout(() => this.#write(), 500).unref();
  }

  onTestRunEnd(): void {
    clearTimeout(this.#timer);
    this.#write();
  }

  #write(): void {
    this.#timer = undefined;
    writeFileSync(this.#file, [...this.#running.values(), ""].join("\n"));
  }
}
