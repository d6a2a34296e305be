import { decisionHandlers } from "./decision-handlers.ts";
import type { ApiContext, OperationAnswer, OperationInput } from "./operation.ts";
import type { OperationName, operations } from "./operations.ts";
import { policyHandlers } from "./policy-handlers.ts";
import { versionHandlers } from "./version-handlers.ts";

/** What answers each call. The stream is not among them: it has no single answer. */
export type Handlers = {
  readonly [Name in Exclude<OperationName, "streamEvents">]: (
    input: OperationInput<(typeof operations)[Name]>,
  ) => OperationAnswer<(typeof operations)[Name]> | Promise<OperationAnswer<(typeof operations)[Name]>>;
};

/** The handlers of some calls. */
export type HandlersOf<Name extends keyof Handlers> = Pick<Handlers, Name>;

/** Everything that answers calls. */
export function apiHandlers(context: ApiContext): Handlers {
  return {
    getStatus: async () => ({
      ...context.status(),
      now: Date.now(),
      journal: (await context.journal?.status()) ?? null,
    }),
    checkLive: ({ body }) => context.check(body),
    ...policyHandlers(context),
    ...versionHandlers(context),
    ...decisionHandlers(context),
  };
}
