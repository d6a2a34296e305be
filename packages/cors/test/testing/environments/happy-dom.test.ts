// @vitest-environment happy-dom
import { expect } from "vitest";
import { testTheKit } from "./test-the-kit.ts";

testTheKit(() => expect(globalThis.document.createElement("p").tagName).toBe("P"));
