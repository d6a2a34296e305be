import { cors } from "@corsmith/cors/nest";
import type { INestApplication } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { ExpressAdapter, type NestExpressApplication } from "@nestjs/platform-express";
import { FastifyAdapter, type NestFastifyApplication } from "@nestjs/platform-fastify";
import { type Running, running } from "../support/listen.ts";
import { base, bodyLimit, corsBase } from "./application.ts";
import { each, type Host, quiet, type Setup, type Source } from "./host.ts";
import { finishNest, nestModule } from "./nest-application.ts";

/** What a platform's application must be told before it listens. */
export type UseCors = (app: INestApplication, setup: Setup) => void;

const corsmith =
  (policy: Source): UseCors =>
  (app, setup) => {
    for (const layer of each(setup, () => cors(policy, quiet))) {
      const on = corsBase(base(setup.mount));
      if (on === "") app.use(layer);
      else app.use(on, layer);
    }
  };

export async function startNestOnExpress(useCors: UseCors, setup: Setup): Promise<Running> {
  const app = await NestFactory.create<NestExpressApplication>(nestModule(base(setup.mount)), new ExpressAdapter(), {
    logger: false,
    bodyParser: false,
  });
  useCors(app, setup);
  app.useBodyParser("json", { limit: bodyLimit });
  return finish(app);
}

export async function startNestOnFastify(useCors: UseCors, setup: Setup): Promise<Running> {
  const adapter = setup.http2 ? new FastifyAdapter({ bodyLimit, http2: true }) : new FastifyAdapter({ bodyLimit });
  const app = await NestFactory.create<NestFastifyApplication>(nestModule(base(setup.mount)), adapter, {
    logger: false,
  });
  useCors(app, setup);
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
  http2: false,
  start: (policy, setup) => startNestOnExpress(corsmith(policy), setup),
};

export const nestFastifyHost: Host = {
  name: "Nest 12 on Fastify",
  adapter: "nest",
  http2: true,
  start: (policy, setup) => startNestOnFastify(corsmith(policy), setup),
};
