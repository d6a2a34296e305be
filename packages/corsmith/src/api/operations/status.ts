import { defineOperation } from "../operation.ts";
import { Status } from "../schemas/status.ts";

/** Health and status of the program. */
export const statusOperations = {
  getStatus: defineOperation({
    method: "GET",
    path: "/api/status",
    tag: "Status",
    summary: "Health and status of the program",
    answer: Status,
    handle: async (_, { status, journal }) => ({
      ...status(),
      now: Date.now(),
      journal: (await journal?.status()) ?? null,
    }),
  }),
};
