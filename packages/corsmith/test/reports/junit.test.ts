import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { toJunit } from "../../src/reports/junit.ts";
import { sampleReport } from "./sample-report.ts";

/** @throws if the text is not well-formed XML */
function parse(xml: string): Document {
  const { DOMParser } = new JSDOM().window;
  const document = new DOMParser().parseFromString(xml, "application/xml");
  const fault = document.querySelector("parsererror");
  if (fault !== null) throw new Error(fault.textContent ?? "");
  return document;
}

test("is well-formed, whatever a server wrote", () => {
  const failure = parse(toJunit(sampleReport)).querySelector("failure");
  expect(failure?.getAttribute("message")).toBe('Let in: "https://<b>&[31m.example"\u2028.');
  expect(failure?.textContent).toContain("curl -i https://api.acme.com/orders");
});

test("the parser of this test would have refused it otherwise", () => {
  expect(() => parse("<a><b></a>")).toThrow();
});

test("each rule is a case: failed, passed, or passed with an information", () => {
  const document = parse(toJunit(sampleReport));
  const cases = [...document.querySelectorAll("testcase")].map((one) => [
    one.getAttribute("name"),
    [...one.children].map(({ tagName }) => tagName),
  ]);
  expect(cases).toEqual([
    ["suffix-match: What suffix-match is called", ["failure"]],
    ["null-anonymous: What null-anonymous is called", []],
    ["max-age-missing: What max-age-missing is called", ["system-out"]],
  ]);
  const suite = document.querySelector("testsuite");
  expect(suite?.getAttribute("name")).toBe("corsmith audit https://api.acme.com/orders?a=1&b=2");
  expect([suite?.getAttribute("tests"), suite?.getAttribute("failures")]).toEqual(["3", "1"]);
});
