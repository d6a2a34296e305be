/** Where a text stops being JSON, and what to do about it. */
export interface JsonError {
  readonly offset: number;
  readonly message: string;
  readonly fix: string;
}

/**
 * Finds the first place where a text is not JSON, or where a key stands for the second time in one object; `undefined` if there is none.
 * The engines' own messages name a place for some mistakes only, for none of them the fix, and of two equal keys they drop one.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8259#section-2
 */
export function findJsonError(text: string): JsonError | undefined {
  return new JsonScanner(text).scan();
}

/** No configuration is nested so deeply; a text that is must not overflow the stack. */
const deepest = 100;

/** A number, or one of the three names, as RFC 8259 spells them. */
const literal = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
const string = /"[^"\\\u0000-\u001F]*(?:\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})[^"\\\u0000-\u001F]*)*"/y;
const space = /[ \t\n\r]*/y;

const twice = {
  message: "this key stands here for the second time.",
  fix: "Keep one of the two; with both, nobody can tell which one counts.",
};

class JsonScanner {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): JsonError | undefined {
    const error = this.#value();
    if (error) return error;
    this.#skip(space);
    return this.#at < this.#text.length ? this.#error("something follows the end.", "Remove what follows.") : undefined;
  }

  #value(): JsonError | undefined {
    this.#skip(space);
    const next = this.#text[this.#at];
    if (next === "{" || next === "[") return this.#nested(next);
    if (next === '"') return this.#string();
    if (this.#skip(literal)) return undefined;
    return this.#unexpected("a value is missing here.");
  }

  #nested(open: "{" | "["): JsonError | undefined {
    if (this.#depth >= deepest) return this.#error("it is nested too deeply.", "Write it flatter.");
    this.#depth += 1;
    const keys = new Set<unknown>();
    const error = open === "{" ? this.#list("}", () => this.#member(keys)) : this.#list("]", () => this.#value());
    this.#depth -= 1;
    return error;
  }

  #list(close: "}" | "]", item: () => JsonError | undefined): JsonError | undefined {
    this.#at += 1;
    this.#skip(space);
    if (this.#text[this.#at] === close) return this.#advance();
    for (;;) {
      const error = item();
      if (error) return error;
      this.#skip(space);
      if (this.#text[this.#at] === close) return this.#advance();
      if (this.#text[this.#at] !== ",")
        return this.#unexpected(`a comma or ${close} is missing here.`, "Put a comma between two entries.");
      const comma = this.#at;
      this.#advance();
      this.#skip(space);
      if (this.#text[this.#at] === close) {
        return {
          offset: comma,
          message: `a comma stands before ${close}.`,
          fix: "Remove the comma after the last entry.",
        };
      }
    }
  }

  #member(keys: Set<unknown>): JsonError | undefined {
    this.#skip(space);
    if (this.#text[this.#at] !== '"')
      return this.#unexpected("a key is missing here.", 'Write keys in double quotes: "policy".');
    const start = this.#at;
    const error = this.#string();
    if (error) return error;
    const key: unknown = JSON.parse(this.#text.slice(start, this.#at));
    if (keys.has(key)) return { offset: start, ...twice };
    keys.add(key);
    this.#skip(space);
    if (this.#text[this.#at] !== ":")
      return this.#unexpected("a colon is missing after the key.", "Write a colon between key and value.");
    this.#advance();
    return this.#value();
  }

  #string(): JsonError | undefined {
    return this.#skip(string)
      ? undefined
      : this.#error(
          "this text is not closed, or holds a line break or an unknown escape.",
          "Close it with a double quote.",
        );
  }

  #unexpected(
    message: string,
    fix = "Write a value: text in double quotes, a number, true, false, null, […] or {…}.",
  ): JsonError {
    const rest = this.#text.slice(this.#at);
    if (rest === "") return this.#error("the text ends too early.", "Close every bracket that is open.");
    if (/^\/[/*]|^#/.test(rest))
      return this.#error("JSON has no comments.", "Remove the comment, or name the file .yaml, where # begins one.");
    if (rest.startsWith("'")) return this.#error("text is in single quotes.", "Use double quotes.");
    return this.#error(message, fix);
  }

  #error(message: string, fix: string): JsonError {
    return { offset: this.#at, message, fix };
  }

  #advance(): undefined {
    this.#at += 1;
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null) return false;
    this.#at += match[0].length;
    return true;
  }
}
