import { cors as expressCors } from "./express.ts";
import type { Cors } from "./host.ts";
import type { NodeMiddleware } from "./node-middleware.ts";

export { enforce } from "./express.ts";
export type { AdapterOptions, DecisionRecord, NodeMiddleware, NodeResponse, RawRequest } from "./node-middleware.ts";

/**
 * CORS for Nest, by the same line on both of its platforms: `app.use(cors(policy))`, before every other `use`. It takes the place of
 * `enableCors`, whose defaults differ between Express and Fastify; do not call both.
 *
 * Guards, pipes, filters and interceptors come later, so what they refuse carries the same headers as a success. For a policy of its
 * own, give a path its own `cors` in `configure`: `consumer.apply(cors(policy)).forRoutes("reports")`. Name the path there and not the
 * controller: a controller stands for the methods that it handles, and so leaves out the preflight.
 *
 * @throws {PolicyError} if the policy has a mistake
 *
 * @example
 * ```ts no-run
 * import { NestFactory } from "@nestjs/core";
 * import { cors } from "@corsmith/cors/nest";
 *
 * class AppModule {}
 *
 * const app = await NestFactory.create(AppModule);
 * app.use(cors({ allowOrigins: ["https://app.example.com"], allowCredentials: true }));
 * await app.listen(3000);
 * ```
 */
export const cors: Cors<NodeMiddleware> = expressCors;
