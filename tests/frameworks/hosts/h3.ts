import { createServer } from "node:http";
import { cors } from "@corsmith/cors/h3";
import { toNodeHandler } from "h3/node";
import { listen } from "../support/listen.ts";
import { base } from "./application.ts";
import { h3Application } from "./h3-application.ts";
import { type Host, quiet } from "./host.ts";

export const h3Host: Host = {
  name: "h3 2",
  adapter: "h3",
  start: (policy, mount) => listen(createServer(toNodeHandler(h3Application(cors(policy, quiet), base(mount))))),
};
