import { cors } from "@corsmith/cors/express";
import express from "express";
import express4 from "express-4";
import { listen, serverFor } from "../support/listen.ts";
import { base } from "./application.ts";
import { type Express, expressApplication } from "./express-application.ts";
import { each, type Host, quiet } from "./host.ts";

function expressHost(name: string, framework: Express): Host {
  return {
    name,
    adapter: "express",
    http2: false,
    start: (policy, setup) =>
      listen(
        serverFor(
          false,
          expressApplication(
            framework,
            each(setup, () => cors(policy, quiet)),
            base(setup.mount),
          ),
        ),
      ),
  };
}

export const express5Host: Host = expressHost("Express 5", express);
export const express4Host: Host = expressHost("Express 4", express4);
