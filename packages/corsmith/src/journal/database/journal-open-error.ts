/** Why a journal cannot be opened, in a word that stays. */
export type JournalOpenCode =
  | "journal-newer"
  | "journal-foreign"
  | "journal-unreadable"
  | "journal-unreachable"
  | "journal-refused";

/** A journal that cannot be opened. */
export class JournalOpenError extends Error {
  readonly code: JournalOpenCode;
  /** What to do about it. */
  readonly fix: string;

  constructor(code: JournalOpenCode, message: string, fix: string) {
    super(message);
    this.name = "JournalOpenError";
    this.code = code;
    this.fix = fix;
  }
}
