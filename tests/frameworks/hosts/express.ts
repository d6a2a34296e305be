import { createServer } from "node:http";
import { cors } from "@corsmith/cors/express";
import express from "express";
import express4 from "express-4";
import { listen } from "../support/listen.ts";
import { base } from "./application.ts";
import { type Express, expressApplication } from "./express-application.ts";
import { type Host, quiet } from "./host.ts";

function expressHost(name: string, framework: Express): Host {
  return {
    name,
    adapter: "express",
    start: (policy, mount) => listen(createServer(expressApplication(framework, cors(policy, quiet), base(mount)))),
  };
}

export const express5Host: Host = expressHost("Express 5", express);
export const express4Host: Host = expressHost("Express 4", express4);
