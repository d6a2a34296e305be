import type { Static, TSchema } from "typebox";

/**
 * What a schema describes, as the plain readonly data that this project passes around. A schema is the one source of a type, of its
 * validation and of its place in the OpenAPI document.
 */
export type Data<Schema extends TSchema> = Frozen<Static<Schema>>;

type Frozen<Value> = Value extends object ? { readonly [Key in keyof Value]: Frozen<Value[Key]> } : Value;

/** The options of a schema that has a name in the document; everything that refers to it does so by this name. */
export function named(title: string, description: string): { readonly title: string; readonly description: string } {
  return { title, description };
}
