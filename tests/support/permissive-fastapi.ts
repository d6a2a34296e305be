import { fileURLToPath } from "node:url";
import { type RunningProgram, runProgram } from "./running-program.ts";

/** The FastAPI service of `tests/fixtures/fastapi`, its CORS settings wide open. */
export interface PermissiveFastApi {
  readonly url: URL;
  readonly program: RunningProgram;
}

/** Starts it under Debian's uvicorn, on a port of 127.0.0.1 that the system chose. */
export async function startPermissiveFastApi(): Promise<PermissiveFastApi> {
  const program = await runProgram(
    "/usr/bin/python3",
    ["-m", "uvicorn", "main:app", "--host", "127.0.0.1", "--port", "0", "--no-use-colors"],
    {
      cwd: fileURLToPath(new URL("../fixtures/fastapi/", import.meta.url)),
      env: { PYTHONDONTWRITEBYTECODE: "1" },
      ready: /Uvicorn running on (http:\/\/127\.0\.0\.1:\d+)/,
    },
  );
  return { url: new URL(program.ready[1] ?? ""), program };
}
