import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../support/free-port.ts";
import { allowedOrigin, benchLists } from "../bench-policy.ts";
import type { Contender, Place } from "./contender.ts";
import { startServer } from "./running-server.ts";

/** Caddy, its directives in the order in which they are written. */
export const caddy: Contender = {
  name: "Caddy",
  program: { path: "/usr/bin/caddy", debianPackage: "caddy" },
  async start(place) {
    const port = await freePort();
    const file = join(place.folder, "Caddyfile");
    writeFileSync(file, configuration(port, place));
    return startServer({
      command: "/usr/bin/caddy",
      parameters: ["run", "--config", file, "--adapter", "caddyfile"],
      port,
      // Its state would otherwise be written to the home folder.
      env: { XDG_DATA_HOME: place.folder, XDG_CONFIG_HOME: place.folder, GOMAXPROCS: String(place.workers) },
    });
  },
};

function configuration(port: number, { upstream }: Place): string {
  const { methods, headers, exposed, maxAge } = benchLists;
  return `
{
	admin off
	auto_https off
	log {
		level ERROR
	}
}
http://127.0.0.1:${port} {
	bind 127.0.0.1
	@known header Origin ${allowedOrigin}
	@preflight {
		method OPTIONS
		header Origin *
		header Access-Control-Request-Method *
	}
	@granted {
		method OPTIONS
		header Origin ${allowedOrigin}
		header Access-Control-Request-Method *
	}
	route {
		header @known Access-Control-Allow-Origin ${allowedOrigin}
		header @known Access-Control-Allow-Credentials true
		header @granted Access-Control-Allow-Methods "${methods.join(", ")}"
		header @granted Access-Control-Allow-Headers "${headers.join(", ")}"
		header @granted Access-Control-Max-Age ${maxAge}
		header @preflight Vary "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"
		respond @granted 204
		respond @preflight 403
		header @known Access-Control-Expose-Headers "${exposed.join(", ")}"
		header Vary Origin
		reverse_proxy 127.0.0.1:${upstream} {
			header_down -Access-Control-Allow-Origin
			header_down -Access-Control-Allow-Credentials
			header_down -Access-Control-Expose-Headers
		}
	}
}
`;
}
