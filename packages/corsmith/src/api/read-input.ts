import type { IncomingMessage } from "node:http";
import { nearestName } from "@corsmith/cors";
import { type TProperties, type TSchema, Type } from "typebox";
import { Compile, type Validator } from "typebox/compile";
import { ApiProblem } from "./api-problem.ts";
import type { ProblemCode } from "./schemas/problem.ts";

/** Reads the query of a call: each parameter once, none that is unknown, numbers and booleans as such. */
export function readQuery(properties: TProperties, search: string): Readonly<Record<string, unknown>> {
  const read: Record<string, unknown> = {};
  for (const [name, text] of new URLSearchParams(search)) {
    const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (schema === undefined) throw unknownParameter(name, Object.keys(properties));
    if (Object.hasOwn(read, name)) throw repeated(name);
    read[name] = readText(schema, text);
  }
  return checked(properties, read, "query");
}

/** Reads the parts of the path. */
export function readParams(
  properties: TProperties,
  texts: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  const read = Object.entries(properties).map(([name, schema]) => [name, readText(schema, texts[name] ?? "")]);
  return checked(properties, Object.fromEntries(read), "path");
}

const objects = new WeakMap<TProperties, TSchema>();

function checked<Values>(properties: TProperties, values: Values, place: string): Values {
  const schema = objects.get(properties) ?? Type.Object(properties);
  objects.set(properties, schema);
  validate(schema, values, place, "parameter-invalid");
  return values;
}

/** What cannot be read stays text, and is refused for its type by the validation. */
function readText(schema: TSchema, text: string): unknown {
  const type = "type" in schema ? schema.type : undefined;
  if ((type === "integer" || type === "number") && /^-?\d{1,16}$/.test(text)) return Number(text);
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}

function unknownParameter(name: string, known: readonly string[]): ApiProblem {
  const any = known.length === 0 ? "Remove it: this call has no parameters." : `One of: ${known.join(", ")}.`;
  const fix = nearestName(name, known) ?? any;
  return new ApiProblem("parameter-unknown", "Unknown parameter.", fix, { field: "query", value: name });
}

function repeated(name: string): ApiProblem {
  const detail = "The parameter is given more than once.";
  return new ApiProblem("parameter-invalid", detail, "Give it once.", { field: `query.${name}` });
}

/** Reads a JSON body of at most `maxBytes`. @throws {ApiProblem} for anything else */
export async function readJsonBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const type = request.headers["content-type"] ?? "";
  // No form of a page can send this type without asking first: it is part of the protection against cross-site requests.
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    const place = { field: "content-type", value: type };
    throw new ApiProblem("body-type-unsupported", "The body must be JSON.", "content-type: application/json", place);
  }
  const bytes = await readBytes(request, maxBytes);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message : "it is not UTF-8";
    const detail = `The body is not JSON: ${why}.`;
    throw new ApiProblem("body-not-json", detail, "Send valid JSON in UTF-8.", { field: "body" });
  }
}

async function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const detail = `The body is larger than ${maxBytes} bytes.`;
  const tooLarge = () => new ApiProblem("body-too-large", detail, "Send less at a time.", { field: "body" });
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Checks a value against its schema.
 *
 * @param place what the value is called in the problem: `body`, `query`
 * @throws {ApiProblem} that names the first part that does not match
 */
export function validate(schema: TSchema, value: unknown, place: string, code: ProblemCode): void {
  const validator = validators.get(schema) ?? Compile(schema);
  validators.set(schema, validator);
  if (validator.Check(value)) return;
  // A union reports every member that does not fit. The deepest place is the most exact, and a key more so than "no member fits".
  const [fault] = validator.Errors(value).toSorted((a, b) => depth(b) - depth(a));
  const missing = keyIn(fault, "requiredProperties");
  const extra = keyIn(fault, "additionalProperties");
  const key = missing ?? extra;
  const steps = [...(fault?.instancePath.split("/").slice(1) ?? []), ...(key === undefined ? [] : [key])];
  const field = steps.reduce((name, step) => (/^\d+$/.test(step) ? `${name}[${step}]` : `${name}.${step}`), place);
  const isExtra = extra !== undefined || fault?.keyword === "boolean";
  const fix = "See /api/reference for what is expected.";
  if (missing !== undefined) throw new ApiProblem(code, `${field} is missing.`, fix, { field });
  const detail = isExtra ? "is not a known key" : (fault?.message ?? "is invalid");
  throw new ApiProblem(code, `${field} ${detail}.`, fix, { field, value: steps.reduce(valueAt, value) ?? null });
}

const validators = new WeakMap<TSchema, Validator>();

type Fault = ReturnType<Validator["Errors"]>[number];

function depth({ instancePath, keyword }: Fault): number {
  return instancePath.split("/").length * 10 - (keyword === "anyOf" ? 1 : 0) - (keyword === "boolean" ? 2 : 0);
}

function keyIn(fault: Fault | undefined, list: string): string | undefined {
  const names: unknown = fault === undefined ? undefined : Reflect.get(fault.params, list);
  return Array.isArray(names) ? String(names[0]) : undefined;
}

function valueAt(value: unknown, step: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined;
}
