import type { TSchema } from "typebox";
import { Compile, type Validator } from "typebox/compile";
import { ApiProblem } from "./api-problem.ts";
import type { ProblemCode } from "./schemas/problem.ts";

const validators = new WeakMap<TSchema, Validator>();

/**
 * Is this what the schema describes? Throws a problem that names the first part that is not.
 *
 * @param place what the value is called in the problem: `body`, `query`
 */
export function validate(schema: TSchema, value: unknown, place: string, code: ProblemCode): void {
  const validator = validatorOf(schema);
  if (validator.Check(value)) return;
  const faults = validator.Errors(value).map((error) => ({ path: error.instancePath, ...error }));
  // A union reports every member that does not fit. What leads deepest tells most, and what a key says more than "no member fits".
  const [fault] = faults.toSorted((a, b) => depth(b) - depth(a));
  const { path, missing, extra } = faultOf(fault);
  const field = fieldName(place, path);
  throw new ApiProblem(code, {
    detail: missing
      ? `${field} is missing.`
      : extra
        ? `There is no ${field}.`
        : `${field} ${fault?.message ?? "is not right"}.`,
    field,
    ...(missing ? {} : { value: valueAt(value, path) ?? null }),
    fix: "See /api/reference for what is expected.",
  });
}

interface Fault {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message: string;
  readonly params: object;
}

function validatorOf(schema: TSchema): Validator {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const made = Compile(schema);
  validators.set(schema, made);
  return made;
}

function depth({ instancePath, keyword }: Fault): number {
  return instancePath.split("/").length * 10 - (keyword === "anyOf" ? 1 : 0) - (keyword === "boolean" ? 2 : 0);
}

function faultOf(fault: Fault | undefined): {
  readonly path: string;
  readonly missing: boolean;
  readonly extra: boolean;
} {
  const at = fault?.instancePath ?? "";
  const first = (key: string): string | undefined => {
    const names: unknown = fault !== undefined && key in fault.params ? Reflect.get(fault.params, key) : undefined;
    return Array.isArray(names) ? String(names[0]) : undefined;
  };
  const missing = first("requiredProperties");
  if (missing !== undefined) return { path: `${at}/${missing}`, missing: true, extra: false };
  const extra = first("additionalProperties");
  if (extra !== undefined) return { path: `${at}/${extra}`, missing: false, extra: true };
  return { path: at, missing: false, extra: fault?.keyword === "boolean" };
}

function fieldName(place: string, pointer: string): string {
  return pointer
    .split("/")
    .slice(1)
    .reduce((name, step) => (/^\d+$/.test(step) ? `${name}[${step}]` : `${name}.${step}`), place);
}

function valueAt(value: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduce<unknown>(
      (inner, step) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, step) : undefined),
      value,
    );
}
