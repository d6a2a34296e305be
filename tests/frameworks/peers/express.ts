import cors from "cors";
import express from "express";
import type { Subject } from "../guarantees/subject.ts";
import { base } from "../hosts/application.ts";
import { expressApplication } from "../hosts/express-application.ts";
import { each } from "../hosts/host.ts";
import { versionOf } from "../matrix/versions.ts";
import { listen, serverFor } from "../support/listen.ts";
import { nodeOptions } from "./options.ts";

/** The package `cors`, which nearly every Express application has. */
export const expressPeer: Subject = {
  name: `cors ${versionOf("cors")}`,
  http2: false,
  async start(setup, anyOrigin = false) {
    const layers = each(setup, () => cors(nodeOptions(anyOrigin)));
    return listen(serverFor(false, expressApplication(express, layers, base(setup.mount))));
  },
};
