import { type PolicyInput, type PresetName, presetPolicies } from "./policy-input.ts";

/** An ordinary policy with what it is for, and what it gives up for that. */
export interface Preset {
  readonly name: PresetName;
  readonly summary: string;
  /** What one trades by taking it, each a sentence. */
  readonly trades: readonly string[];
  /** Which keys must be given beside it, since no default could be right. */
  readonly needs: readonly (keyof PolicyInput)[];
  readonly policy: PolicyInput;
}

/**
 * The presets by name. Each is an ordinary policy: nothing in it could not be written by hand, and every key given beside `preset`
 * replaces the preset's.
 *
 * @example
 * ```ts
 * import { definePolicy } from "@corsmith/cors";
 *
 * const policy = definePolicy({ preset: "single-page-app", allowOrigins: ["https://app.example.com"] });
 * console.assert(policy.allowCredentials);
 * ```
 */
export const presets: Readonly<Record<PresetName, Preset>> = /* @__PURE__ */ withPolicies({
  "public-api": {
    summary: "Data for everyone: any page may read, no page acts as the user.",
    trades: [
      "Cookies and HTTP authentication never travel: a page that asks for them gets nothing to read.",
      "Keys and tokens in the Authorization header do pass, for the page itself must hold them.",
      "Any site can use up the quota of its visitors' addresses: limit rates by key, not by origin.",
    ],
    needs: [],
  },
  "single-page-app": {
    summary: "Your own pages on their own domain, with the user's session cookie.",
    trades: [
      "The origins must be named: there is no default that could be safe.",
      "Every named origin can act as the user: a script injected there can too.",
      "A new request header (from an SDK, say) must be added here before the front end sends it.",
    ],
    needs: ["allowOrigins"],
  },
  "mobile-backend": {
    summary: "Apps in a web view (Capacitor, Ionic, Tauri), with a token in the Authorization header.",
    trades: [
      "Native apps send no Origin, and CORS neither stops nor protects them: authentication has to.",
      "Every app in a web view has the same origin as yours (https://localhost on Android), so no cookies are allowed.",
      "If allowOrigins is given it replaces these schemes: name those that you ship beside your web origins.",
    ],
    needs: [],
  },
  "internal-tools": {
    summary: "Tools of your own company, behind a sign-in, with the strictest answers.",
    trades: [
      "The origins must be named; a wildcard for a private zone, https://*.tools.example.com, trusts every host in it.",
      "Unsafe requests and WebSockets from other sites are refused with 403 before the application runs.",
      "Preflights are kept for ten minutes only, so that a changed policy takes effect soon.",
    ],
    needs: ["allowOrigins"],
  },
  development: {
    summary: "Every page that your own machine serves, on whatever port, with cookies.",
    trades: [
      "Any program on your machine that serves a page can act as you against the API: never use it in production.",
      "A phone or a colleague on the network is another origin, and refused.",
      "Preflights are kept for five seconds only, so that edits show at once.",
    ],
    needs: [],
  },
});

function withPolicies(
  words: Readonly<Record<PresetName, Omit<Preset, "name" | "policy">>>,
): Readonly<Record<PresetName, Preset>> {
  const named = Object.entries(presetPolicies).map(([key, policy]) => {
    const name = key as PresetName;
    return [name, { name, ...words[name], policy }];
  });
  return Object.fromEntries(named) as Record<PresetName, Preset>;
}
