import { afterEach } from "vitest";

/** Closes, after each test, whatever the test has opened: the last first. */
export function closingAfterEach(): <Thing extends { close(): unknown }>(thing: Thing) => Thing {
  const open: { close(): unknown }[] = [];
  afterEach(async () => {
    for (let thing = open.pop(); thing !== undefined; thing = open.pop()) await thing.close();
  });
  return (thing) => {
    open.push(thing);
    return thing;
  };
}
