import type { Subject } from "../guarantees/subject.ts";
import { expressPeer } from "./express.ts";
import { fastifyPeer } from "./fastify.ts";
import { h3Peer } from "./h3.ts";
import { honoPeer } from "./hono.ts";
import { koaPeer } from "./koa.ts";
import { nestExpressPeer, nestFastifyPeer } from "./nest.ts";
import { starlettePeer } from "./starlette.ts";

/** The libraries that people use now, each with the closest that it has to the same policy. */
export const allPeers: readonly Subject[] = [
  expressPeer,
  fastifyPeer,
  koaPeer,
  honoPeer,
  h3Peer,
  nestExpressPeer,
  nestFastifyPeer,
  starlettePeer,
];
