import "reflect-metadata";
import process from "node:process";
import { cors } from "@corsmith/cors/nest";
import { Controller, Get, HttpCode, Module, Put } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";

@Controller()
class OrdersController {
  @Get("orders")
  list() {
    return [{ id: 1 }];
  }

  @Put("orders/:id")
  @HttpCode(204)
  replace() {}

  @Get("broken")
  broken() {
    throw new Error("broken");
  }
}

@Module({ controllers: [OrdersController] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: false });
app.use(
  cors({
    allowOrigins: ["https://app.example.com", "http://localhost:*"],
    allowCredentials: true,
    allowMethods: ["PUT"],
    allowHeaders: ["Content-Type"],
    maxAge: 600,
  }),
);
await app.listen(Number(process.env["PORT"] ?? 3000));
console.log("listening on", app.getHttpServer().address());
