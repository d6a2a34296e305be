import { createServer } from "node:http";
import { cors } from "@corsmith/cors/koa";
import { listen } from "../support/listen.ts";
import { base } from "./application.ts";
import { type Host, quiet } from "./host.ts";
import { koaApplication } from "./koa-application.ts";

export const koaHost: Host = {
  name: "Koa 3",
  adapter: "koa",
  start: (policy, mount) => listen(createServer(koaApplication(cors(policy, quiet), base(mount)).callback())),
};
