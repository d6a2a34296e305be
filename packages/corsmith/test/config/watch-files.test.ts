import { readFileSync, renameSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { fileState } from "../../src/config/config-document.ts";
import { watchFiles } from "../../src/config/watch-files.ts";
import { ConfigFolder } from "./support/config-folder.ts";

/** A watch whose edits can be waited for. */
class WatchedFiles implements AsyncDisposable {
  #edits = 0;
  readonly #watch: ReturnType<typeof watchFiles>;

  constructor(files: readonly string[]) {
    this.#watch = watchFiles(new Map(files.map((file) => [file, fileState(file)])), () => {
      this.#edits += 1;
    });
  }

  follow(files: readonly string[]): void {
    this.#watch.follow(new Map(files.map((file) => [file, fileState(file)])));
  }

  /** How many edits are heard of in consequence of `act`: waits for the first, and then for more. */
  async editsAfter(act: () => void): Promise<number> {
    const before = this.#edits;
    act();
    const deadline = performance.now() + 2_000;
    while (this.#edits === before && performance.now() < deadline) await delay(10);
    await delay(250);
    return this.#edits - before;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#watch.close();
  }
}

describe("a watched file", () => {
  test("is heard of once, however it was edited", async () => {
    using folder = new ConfigFolder({ "policy.yaml": "1", "other.yaml": "1" });
    const file = folder.file("policy.yaml");
    await using watched = new WatchedFiles([file]);
    await delay(200);
    const replace = (text: string) => (): void => renameSync(folder.write("policy.yaml~", text), file);
    expect(await watched.editsAfter(() => writeFileSync(file, "2")), "written").toBe(1);
    expect(await watched.editsAfter(replace("3")), "replaced").toBe(1);
    expect(await watched.editsAfter(replace("4")), "replaced again").toBe(1);
    expect(await watched.editsAfter(() => unlinkSync(file)), "removed").toBe(1);
    expect(await watched.editsAfter(() => writeFileSync(file, "5")), "created").toBe(1);
    expect(await watched.editsAfter(() => writeFileSync(file, "6")), "written after that").toBe(1);
    expect(await watched.editsAfter(() => folder.write("other.yaml", "2")), "another file").toBe(0);
  });

  test("is heard of when it is whole, and not between two steps of its writing", async () => {
    using folder = new ConfigFolder({ "policy.yaml": "1" });
    const file = folder.file("policy.yaml");
    const heard: string[] = [];
    const watch = watchFiles(new Map([[file, fileState(file)]]), () => heard.push(readFileSync(file, "utf8")));
    await delay(200);
    writeFileSync(file, "");
    await delay(75);
    writeFileSync(file, "22");
    await delay(500);
    await watch.close();
    expect(heard).toEqual(["22"]);
  });

  test("is heard of when it was edited before the watch began", async () => {
    using folder = new ConfigFolder({ "policy.yaml": "1" });
    const file = folder.file("policy.yaml");
    const read = new Map([[file, fileState(file)]]);
    writeFileSync(file, "22");
    const edited = Promise.withResolvers<boolean>();
    const watch = watchFiles(read, () => edited.resolve(true));
    expect(await Promise.race([edited.promise, delay(2_000, false)])).toBe(true);
    await watch.close();
  });

  test("is heard of when Kubernetes replaces the ConfigMap that it is mounted from", async () => {
    using folder = new ConfigFolder({ "..1/policy.yaml": "1", "..2/policy.yaml": "22" });
    symlinkSync("..1", folder.file("..data"));
    symlinkSync("..data/policy.yaml", folder.file("policy.yaml"));
    await using watched = new WatchedFiles([folder.file("policy.yaml")]);
    await delay(200);
    const swap = (): void => {
      symlinkSync("..2", folder.file("..data_tmp"));
      renameSync(folder.file("..data_tmp"), folder.file("..data"));
    };
    expect(await watched.editsAfter(swap)).toBe(1);
  });

  test("can be one that was not followed at first, in another folder", async () => {
    using folder = new ConfigFolder({ "corsmith.config.ts": "1", "lib/origins.ts": "1" });
    const [entry, imported] = [folder.file("corsmith.config.ts"), folder.file("lib/origins.ts")];
    await using watched = new WatchedFiles([entry]);
    await delay(200);
    expect(await watched.editsAfter(() => writeFileSync(imported, "2"))).toBe(0);
    watched.follow([entry, imported]);
    await delay(200);
    expect(await watched.editsAfter(() => writeFileSync(imported, "3"))).toBe(1);
    expect(await watched.editsAfter(() => writeFileSync(entry, "2"))).toBe(1);
  });
});
