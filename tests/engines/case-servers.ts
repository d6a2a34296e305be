import type { ScriptedAnswer } from "../oracle/oracle-case.ts";
import { type CaseAddress, caseAddress } from "./case-address.ts";
import type { UnplayedCase } from "./play-case.ts";
import { type ArrivedRequest, startScriptedServer } from "./scripted-server.ts";

/** Four origins on which cases are played one after the other. */
export interface CaseServers {
  /** The page from which they are played. */
  readonly pageUrl: string;
  /** Sets the servers up for a case. What arrives for it is added to the list. */
  set(unplayed: UnplayedCase): { readonly address: CaseAddress; readonly arrived: readonly ArrivedRequest[] };
  /** Where the page gets a cookie that is valid for every URL of the case. */
  jarUrl(cookie: string): string;
  close(): Promise<void>;
}

const notFound: ScriptedAnswer = { status: 404, headers: [], body: "" };
const page: ScriptedAnswer = {
  status: 200,
  headers: [["content-type", "text/html"]],
  body: '<!doctype html><title>Cases</title><link rel="icon" href="data:,">',
};
const jar = "~jar";

interface Playing {
  readonly address: CaseAddress;
  readonly routes: ReadonlyMap<string, OracleRoute>;
  readonly arrived: ArrivedRequest[];
}

type OracleRoute = UnplayedCase["server"][string];

/** Starts the servers. */
export async function openCaseServers(): Promise<CaseServers> {
  let playing: Playing | undefined;
  let plays = 0;
  const server = await startScriptedServer((request) => {
    if (request.target === "/") return page;
    const [, folder, rest = ""] = /^\/([^/?]*)(.*)$/.exec(request.target) ?? [];
    if (playing === undefined || folder !== playing.address.folder) return notFound;
    if (rest.startsWith(`/${jar}?`)) {
      const cookie = decodeURIComponent(rest.slice(jar.length + 2));
      return {
        status: 200,
        headers: [
          ["set-cookie", `${cookie}; Path=/${folder}`],
          ["cache-control", "no-store"],
        ],
      };
    }
    playing.arrived.push(request);
    return answerOf(playing, request);
  });
  const pageUrl = `http://127.0.0.1:${server.ports[0]}/`;
  return {
    pageUrl,
    set(unplayed) {
      plays += 1;
      const address = caseAddress(`c${plays}-${unplayed.id}`, server.ports);
      const routes = new Map(
        Object.entries(unplayed.server).map(([url, route]) => [new URL(address.url(url)).href, route] as const),
      );
      playing = { address, routes, arrived: [] };
      return playing;
    },
    jarUrl: (cookie) => `${pageUrl}${playing?.address.folder}/${jar}?${encodeURIComponent(cookie)}`,
    close: server.close,
  };
}

function answerOf({ address, routes }: Playing, { method, port, target, headers }: ArrivedRequest): ScriptedAnswer {
  const route = routes.get(`http://127.0.0.1:${port}${target}`);
  const preflight =
    method === "OPTIONS" && headers.some(([name]) => name.toLowerCase() === "access-control-request-method");
  const answer = (preflight ? route?.preflight : route?.actual) ?? notFound;
  const written = answer.headers.map(([name, value]) => {
    return [name, name.toLowerCase() === "location" ? address.url(value) : address.text(value)] as const;
  });
  return { ...answer, headers: written };
}
