// A Nest 11 application, compiled to CommonJS as its generator has it: starts, asks itself, and prints what came.

import "reflect-metadata";
import type { AddressInfo } from "node:net";
import { cors } from "@corsmith/cors/nest";
import { Controller, Get, Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";

@Controller()
class Hello {
  @Get()
  hello(): string {
    return "hello";
  }

  @Get("broken")
  broken(): never {
    throw new Error("broken");
  }
}

@Module({ controllers: [Hello] })
class Application {}

async function main(): Promise<void> {
  const app = await NestFactory.create(Application, { logger: false });
  app.use(cors({ allowOrigins: ["https://app.example.com"], allowMethods: ["PUT"] }));
  await app.listen(0, "127.0.0.1");
  const { port } = app.getHttpServer().address() as AddressInfo;
  const ask = async (path: string, init: { method?: string; headers: Record<string, string> }) => {
    const { status, headers } = await fetch(`http://127.0.0.1:${port}${path}`, init);
    return [status, headers.get("access-control-allow-origin"), headers.get("vary")];
  };
  const origin = "https://app.example.com";
  const asked = [
    await ask("/", { headers: { origin } }),
    await ask("/broken", { headers: { origin } }),
    await ask("/", { method: "OPTIONS", headers: { origin, "access-control-request-method": "PUT" } }),
    await ask("/", {
      method: "OPTIONS",
      headers: { origin: "https://evil.example", "access-control-request-method": "PUT" },
    }),
  ];
  console.log(JSON.stringify(asked));
  await app.close();
}

void main();
