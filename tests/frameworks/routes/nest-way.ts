import "reflect-metadata";
import { cors } from "@corsmith/cors/nest";
import { Controller, type MiddlewareConsumer, Module, RequestMapping } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { ExpressAdapter } from "@nestjs/platform-express";
import { FastifyAdapter } from "@nestjs/platform-fastify";
import { quiet } from "../hosts/host.ts";
import { running } from "../support/listen.ts";
import { open, strict, type TwoPolicies } from "./two-policies.ts";

function thingsBelow(path: string): new () => object {
  class Things {
    things(): string {
      return "things";
    }
  }
  // Decorators are called as functions: Node runs TypeScript by leaving the types out, and they are more than types.
  Controller(path)(Things);
  const descriptor = Object.getOwnPropertyDescriptor(Things.prototype, "things") ?? {};
  RequestMapping({ path: "things" })(Things.prototype, "things", descriptor);
  return Things;
}

/** Nest's way: middleware for paths, in `configure` of a module. */
export function nestWay(platform: "express" | "fastify"): TwoPolicies {
  return {
    name: `Nest on ${platform}, by forRoutes with a path`,
    async start() {
      class ApplicationModule {
        configure(consumer: MiddlewareConsumer): void {
          consumer.apply(cors(open, quiet)).forRoutes("public/*path");
          consumer.apply(cors(strict, quiet)).forRoutes("account/*path");
        }
      }
      Module({ controllers: [thingsBelow("public"), thingsBelow("account")] })(ApplicationModule);
      const adapter = platform === "express" ? new ExpressAdapter() : new FastifyAdapter();
      const app = await NestFactory.create(ApplicationModule, adapter, { logger: false });
      await app.listen(0, "127.0.0.1");
      return running(app.getHttpServer(), () => app.close());
    },
  };
}
