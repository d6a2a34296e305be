import { addAudit } from "./audit-command.ts";
import { addCheck } from "./check-command.ts";
import type { AddCommand } from "./command.ts";
import { addConsole } from "./console-command.ts";
import { addDev } from "./dev-command.ts";
import { addExplain } from "./explain-command.ts";
import { addPreset } from "./preset-command.ts";
import { addServe } from "./serve-command.ts";

/** Every command, in the order in which the help lists them. */
export const commands: readonly AddCommand[] = [
  addServe,
  addDev,
  addConsole,
  addCheck,
  addAudit,
  addExplain,
  addPreset,
];
