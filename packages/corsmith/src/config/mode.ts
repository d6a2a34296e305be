/** The modes for which a configuration can have an overlay. */
export const modes = ["development", "production"] as const;

/** A name of {@link modes}. */
export type Mode = (typeof modes)[number];

/** Is this the name of a mode? */
export function isMode(name: unknown): name is Mode {
  return modes.some((mode) => mode === name);
}
