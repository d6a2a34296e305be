import { nearestName } from "@corsmith/cors";
import { type TProperties, type TSchema, Type } from "typebox";
import { ApiProblem } from "./api-problem.ts";
import { validate } from "./validate.ts";

const objects = new WeakMap<TProperties, TSchema>();

/** Reads the query of a call: each parameter once, none that is not known, numbers and booleans as such. */
export function readQuery(properties: TProperties, search: string): Readonly<Record<string, unknown>> {
  const given = new URLSearchParams(search);
  const read: Record<string, unknown> = {};
  for (const [name, text] of given) {
    const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (schema === undefined) throw unknownParameter(name, Object.keys(properties));
    if (Object.hasOwn(read, name)) throw repeated(name);
    read[name] = readText(schema, text);
  }
  validate(objectOf(properties), read, "query", "parameter-invalid");
  return read;
}

/** Reads the parts of the path. */
export function readParams(
  properties: TProperties,
  texts: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  const read = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, readText(schema, texts[name] ?? "")]),
  );
  validate(objectOf(properties), read, "path", "parameter-invalid");
  return read;
}

function objectOf(properties: TProperties): TSchema {
  const known = objects.get(properties);
  if (known !== undefined) return known;
  const made = Type.Object(properties);
  objects.set(properties, made);
  return made;
}

/** What cannot be read stays text, and is refused for its type with the others. */
function readText(schema: TSchema, text: string): unknown {
  const type = "type" in schema ? schema.type : undefined;
  if ((type === "integer" || type === "number") && /^-?\d{1,16}$/.test(text)) return Number(text);
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}

function unknownParameter(name: string, known: readonly string[]): ApiProblem {
  return new ApiProblem("parameter-unknown", {
    detail: "There is no such parameter.",
    field: "query",
    value: name,
    fix:
      nearestName(name, known) ??
      (known.length === 0 ? "Leave it out: this call has none." : `One of: ${known.join(", ")}.`),
  });
}

function repeated(name: string): ApiProblem {
  return new ApiProblem("parameter-invalid", {
    detail: "A parameter is given once.",
    field: `query.${name}`,
    fix: "Leave all but one out.",
  });
}
