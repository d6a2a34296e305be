// Wrong: a controller in forRoutes. It stands for the methods that the controller handles, and OPTIONS is none of them.
// (Decorators are called as functions here, so that Node runs the file as it is.)

import assert from "node:assert/strict";
import "reflect-metadata";
import { cors } from "@corsmith/cors/nest";
import { Controller, type MiddlewareConsumer, Module, Put } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { page, preflight } from "./show.ts";

class OrdersController {
  replace(): void {}
}
Controller("orders")(OrdersController);
const descriptor = Object.getOwnPropertyDescriptor(OrdersController.prototype, "replace") ?? {};
Put()(OrdersController.prototype, "replace", descriptor);

const policy = { allowOrigins: [page], allowMethods: ["PUT"] };

async function preflightOf(configure: (consumer: MiddlewareConsumer) => void): Promise<string | null> {
  class AppModule {
    configure = configure;
  }
  Module({ controllers: [OrdersController] })(AppModule);
  const app = await NestFactory.create(AppModule, { logger: false });
  await app.listen(0, "127.0.0.1");
  try {
    return (await preflight(`${await app.getUrl()}/orders`, page)).allowOrigin;
  } finally {
    await app.close();
  }
}

assert.equal(await preflightOf((consumer) => void consumer.apply(cors(policy)).forRoutes(OrdersController)), null);
console.log("wrong: the preflight passes by");

assert.equal(await preflightOf((consumer) => void consumer.apply(cors(policy)).forRoutes("orders")), page);
console.log("right: the path, which stands for every method; or app.use for one policy for everything");
