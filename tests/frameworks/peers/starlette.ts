import { fileURLToPath } from "node:url";
import { runProgram } from "../../support/running-program.ts";
import type { Subject } from "../guarantees/subject.ts";
import { base } from "../hosts/application.ts";
import { pythonVersionOf } from "../matrix/versions.ts";

/** Starlette's CORSMiddleware, which is FastAPI's, in Debian's version. */
export const starlettePeer: Subject = {
  get name() {
    return `Starlette ${pythonVersionOf("starlette")} (FastAPI)`;
  },
  // Debian's uvicorn speaks HTTP/1 alone.
  http2: false,
  async start(setup, anyOrigin = false) {
    const program = await runProgram(
      "/usr/bin/python3",
      ["-m", "uvicorn", "main:app", "--host", "127.0.0.1", "--port", "0", "--no-use-colors", "--log-level", "info"],
      {
        cwd: fileURLToPath(new URL("starlette/", import.meta.url)),
        env: {
          PYTHONDONTWRITEBYTECODE: "1",
          PREFIX: base(setup.mount),
          TIMES: String(setup.times),
          ANY_ORIGIN: anyOrigin ? "1" : "0",
        },
        ready: /Uvicorn running on http:\/\/127\.0\.0\.1:(\d+)/,
      },
    );
    return { port: Number(program.ready[1]), close: async () => void (await program.stop()) };
  },
};
