import type { Subject } from "../guarantees/subject.ts";
import { each, type Setup } from "../hosts/host.ts";
import { startNestOnExpress, startNestOnFastify, type UseCors } from "../hosts/nest.ts";
import { versionOf } from "../matrix/versions.ts";
import { nodeOptions } from "./options.ts";

/** Nest's own line. */
const enableCors =
  (anyOrigin: boolean): UseCors =>
  (app, setup: Setup) => {
    if (setup.mount === "prefix") throw new Error("there is no way to limit it to a prefix");
    for (const options of each(setup, () => nodeOptions(anyOrigin))) app.enableCors(options);
  };

export const nestExpressPeer: Subject = {
  name: `Nest's enableCors ${versionOf("@nestjs/core")} on Express`,
  http2: false,
  start: async (setup, anyOrigin = false) => startNestOnExpress(enableCors(anyOrigin), setup),
};

export const nestFastifyPeer: Subject = {
  name: `Nest's enableCors ${versionOf("@nestjs/core")} on Fastify`,
  http2: true,
  start: async (setup, anyOrigin = false) => startNestOnFastify(enableCors(anyOrigin), setup),
};
