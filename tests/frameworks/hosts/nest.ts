import { cors } from "@corsmith/cors/nest";
import type { INestApplication } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { ExpressAdapter, type NestExpressApplication } from "@nestjs/platform-express";
import { FastifyAdapter, type NestFastifyApplication } from "@nestjs/platform-fastify";
import { type Running, running } from "../support/listen.ts";
import { base, bodyLimit, type Mount } from "./application.ts";
import { type Host, quiet } from "./host.ts";
import { finishNest, nestModule } from "./nest-application.ts";

/** What a platform's application must be told before it listens. */
type UseCors = (app: INestApplication, mount: Mount) => void;

const corsmith =
  (policy: Parameters<typeof cors>[0]): UseCors =>
  (app, mount) => {
    if (mount === "everywhere") app.use(cors(policy, quiet));
    else app.use(base(mount), cors(policy, quiet));
  };

export async function startNestOnExpress(useCors: UseCors, mount: Mount): Promise<Running> {
  const app = await NestFactory.create<NestExpressApplication>(nestModule(base(mount)), new ExpressAdapter(), {
    logger: false,
    bodyParser: false,
  });
  useCors(app, mount);
  app.useBodyParser("json", { limit: bodyLimit });
  return finish(app);
}

export async function startNestOnFastify(useCors: UseCors, mount: Mount): Promise<Running> {
  const adapter = new FastifyAdapter({ bodyLimit });
  const app = await NestFactory.create<NestFastifyApplication>(nestModule(base(mount)), adapter, { logger: false });
  useCors(app, mount);
  return finish(app);
}

async function finish(app: INestApplication): Promise<Running> {
  finishNest(app);
  await app.listen(0, "127.0.0.1");
  return running(app.getHttpServer(), () => app.close());
}

export const nestExpressHost: Host = {
  name: "Nest 12 on Express",
  adapter: "nest",
  start: (policy, mount) => startNestOnExpress(corsmith(policy), mount),
};

export const nestFastifyHost: Host = {
  name: "Nest 12 on Fastify",
  adapter: "nest",
  start: (policy, mount) => startNestOnFastify(corsmith(policy), mount),
};
