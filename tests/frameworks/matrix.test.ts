import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { requirePythonModule } from "../support/real-thing.ts";
import { type Cell, checkSubject } from "./guarantees/check-subject.ts";
import { guarantees } from "./guarantees/guarantees.ts";
import { ours } from "./guarantees/ours.ts";
import { outOfReach } from "./guarantees/out-of-reach.ts";
import { nextColumns } from "./matrix/next-column.ts";
import { type Column, renderMatrix } from "./matrix/render-matrix.ts";
import { allPeers } from "./peers/all-peers.ts";
import { starlettePeer } from "./peers/starlette.ts";

const page = new URL("../../docs/reference/adapter-matrix.md", import.meta.url);
const python =
  requirePythonModule("starlette", "python3-starlette") && requirePythonModule("uvicorn", "python3-uvicorn");
const peers = allPeers.filter((peer) => python || peer !== starlettePeer);

const ourColumns: Column[] = [];
const peerColumns: Column[] = [];

// Some servers print what the application threw.
vi.spyOn(console, "error").mockImplementation(() => {});
vi.spyOn(console, "warn").mockImplementation(() => {});

describe.each(ours.map((subject) => [subject.name, subject] as const))("%s", (name, subject) => {
  let cells: readonly Cell[] = [];
  beforeAll(async () => {
    cells = await checkSubject(subject);
    ourColumns.push({ name, cells });
  });

  it.each(guarantees.map(({ words }) => words))("S80: %s", (words) => {
    const found = cells.find((cell) => cell.words === words)?.found;
    if (outOfReach.has(`${name}: ${words}`)) expect(found).toMatch(/^400 without/);
    else if (found !== "does not apply") expect(found).toBeUndefined();
  });

  it("does not apply where the framework speaks no HTTP/2, and only there", () => {
    const notApplying = cells.filter(({ found }) => found === "does not apply").map(({ words }) => words);
    expect(notApplying).toEqual(subject.http2 ? [] : ["HTTP/2 is answered alike"]);
  });
});

describe("the matrix", () => {
  it.each(peers.map((peer) => [peer.name, peer] as const))(
    "asks %s the same",
    async (name, peer) => {
      const cells = await checkSubject(peer);
      peerColumns.push({ name, cells });
      expect(cells.length).toBe(guarantees.length);
      // A tick in every row would mean that nothing was asked of it.
      expect(cells.some(({ found }) => found === undefined)).toBe(true);
    },
    60_000,
  );

  it.skipIf(!python)("is what docs/reference/adapter-matrix.md says; UPDATE_MATRIX=1 writes it anew", () => {
    const text = renderMatrix([...ourColumns, ...nextColumns()], peerColumns);
    if (process.env["UPDATE_MATRIX"] === "1") writeFileSync(page, text);
    expect(readFileSync(page, "utf8")).toBe(text);
  });
});
