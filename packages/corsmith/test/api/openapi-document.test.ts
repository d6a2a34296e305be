import { describe, expect, test } from "vitest";
import { openApiDocument } from "../../src/api/openapi-document.ts";
import { operations } from "../../src/api/operations.ts";

const document = JSON.parse(JSON.stringify(openApiDocument("1.2.3"))) as {
  readonly openapi: string;
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
};

describe("the OpenAPI document", () => {
  test("has every call, once, by its name", () => {
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map((call) => call.operationId),
    );
    expect(ids.toSorted()).toEqual(Object.keys(operations).toSorted());
    expect(document).toMatchObject({ openapi: "3.1.1", info: { version: "1.2.3" } });
  });

  test("refers to nothing that it has not", () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(?<room>\w+)\/(?<name>\w+)"/g)];
    expect(references.length).toBeGreaterThan(50);
    for (const { groups } of references)
      expect(document.components).toHaveProperty([groups?.["room"] ?? "", groups?.["name"] ?? ""]);
  });

  test("names every part of every path, and nothing else", () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      const parts = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const call of Object.values(methods)) {
        const { parameters } = call as unknown as { parameters: { in: string; name: string; required?: boolean }[] };
        const inPath = parameters.filter((parameter) => parameter.in === "path");
        expect(inPath.map(({ name }) => name)).toEqual(parts);
        expect(inPath.every(({ required }) => required === true)).toBe(true);
      }
    }
  });
});
