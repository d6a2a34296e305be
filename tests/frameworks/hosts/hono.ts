import { createServer } from "node:http";
import { cors } from "@corsmith/cors/hono";
import { getRequestListener } from "@hono/node-server";
import { listen } from "../support/listen.ts";
import { base } from "./application.ts";
import { honoApplication } from "./hono-application.ts";
import { type Host, quiet } from "./host.ts";

export const honoHost: Host = {
  name: "Hono 4",
  adapter: "hono",
  start: (policy, mount) =>
    listen(createServer(getRequestListener(honoApplication(cors(policy, quiet), base(mount)).fetch))),
};
