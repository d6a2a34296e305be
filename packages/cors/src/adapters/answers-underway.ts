import type { Answer } from "../respond/respond.ts";
import type { AdapterReports } from "./adapter-options.ts";

/** Which answer a request of the Fetch form will get, while the application works on it. */
interface UnderwayAnswer {
  answer: Answer;
}

const underway = new WeakMap<object, UnderwayAnswer>();

/**
 * Runs the application with an answer in mind. The outermost adapter gives the answer to what comes of it; one further in only replaces
 * the answer, so that no value can stand twice. Kept beside the request and not on it, and only as long as it is under way.
 *
 * @param request the same object for all adapters that the request meets
 * @param run the application
 * @param finish gives the answer that counts in the end to what came of it
 */
export async function withUnderwayAnswer<Made, Finished>(
  request: object,
  answer: Answer,
  reports: AdapterReports,
  run: () => Promise<Made>,
  finish: (made: Made, answer: Answer) => Finished,
): Promise<Made | Finished> {
  const outer = underway.get(request);
  if (outer !== undefined) {
    reports.onStacked();
    outer.answer = answer;
    return run();
  }
  const mine: UnderwayAnswer = { answer };
  underway.set(request, mine);
  try {
    return finish(await run(), mine.answer);
  } finally {
    underway.delete(request);
  }
}
