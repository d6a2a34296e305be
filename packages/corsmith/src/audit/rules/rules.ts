import type { Rule } from "../evidence.ts";
import { lookalikeOrigins, nullOrigin, reflectedOrigin, wildcard } from "./allowed-origins.ts";
import { bypasses, otherInput, spelledPath, trustInHeaders } from "./bypasses.ts";
import { errors, redirect, refusedOrigin } from "./errors.ts";
import { grants, preflight } from "./grants.ts";
import { allowOriginValue, credentialsValue, maxAge, wildcardTokens } from "./header-values.ts";
import { vary } from "./vary.ts";

/** Every rule. Each looks at all the answers, and knows nothing of the others. */
export const rules: readonly Rule[] = [
  reflectedOrigin,
  nullOrigin,
  lookalikeOrigins,
  wildcard,
  vary,
  allowOriginValue,
  credentialsValue,
  wildcardTokens,
  refusedOrigin,
  preflight,
  grants,
  maxAge,
  errors,
  redirect,
  otherInput,
  spelledPath,
  bypasses,
  trustInHeaders,
];
