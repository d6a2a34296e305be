import { callsOf } from "../operation.ts";
import { Status } from "../schemas/status.ts";

const { get } = callsOf("Status");

/** Health and status of the program. */
export const statusOperations = {
  getStatus: get("/api/status", "Health and status of the program", {
    answer: Status,
    handle: async (_, { status, journal }) => ({
      ...status(),
      now: Date.now(),
      journal: (await journal?.status()) ?? null,
    }),
  }),
};
