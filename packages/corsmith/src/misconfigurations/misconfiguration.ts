import type { ExplanationCode, SectionName } from "@corsmith/cors/explain";

/** What is always the same about one kind of misconfiguration, as it is written down. */
export interface Misconfiguration {
  /** A few words, without a full stop. */
  readonly title: string;
  /** What an attacker gains by it, or a user loses. */
  readonly means: string;
  /** The failure of the library's catalogue that is the same fact, seen from the page: its fix, who does it and its section hold here. */
  readonly failure?: ExplanationCode;
  /** Missing where the failure's first fix is the one. */
  readonly fix?: string;
  /** Who has to act: the server, unless it says so or the failure does. */
  readonly who?: "server" | "proxy" | "client";
  /** Where a standard covers it: the CORS check, unless it says so or the failure does. */
  readonly section?: SectionName;
  /** Of the Common Weakness Enumeration; missing if nothing is weakened, only broken. */
  readonly cwe?: readonly number[];
}
