import type { Rule } from "../observation.ts";
import { allowOriginValue } from "./allow-origin-value.ts";
import { besideCors } from "./beside-cors.ts";
import { credentialsValue, wildcardTokens } from "./credentials-value.ts";
import { errors } from "./errors.ts";
import { grants } from "./grants.ts";
import { lookalikeOrigins } from "./lookalike-origins.ts";
import { maxAge } from "./max-age.ts";
import { nullOrigin } from "./null-origin.ts";
import { otherInput } from "./other-input.ts";
import { preflight } from "./preflight.ts";
import { redirect } from "./redirect.ts";
import { reflectedOrigin } from "./reflected-origin.ts";
import { refusedOrigin } from "./refused-origin.ts";
import { spelledPath } from "./spelled-path.ts";
import { trustInHeaders } from "./trust-in-headers.ts";
import { vary } from "./vary.ts";
import { wildcard } from "./wildcard.ts";

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
  besideCors,
  trustInHeaders,
];
