/** Where a text stops being JSON, and what to do about it. */
export interface JsonError {
  readonly offset: number;
  readonly message: string;
  readonly fix: string;
}

/**
 * Finds the first place where a text that `JSON.parse` refused is not JSON. The engines' own messages name a place for some
 * mistakes only, and for none of them the fix.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8259#section-2
 */
export function findJsonError(text: string): JsonError {
  const scanner = new JsonScanner(text);
  return (
    scanner.scan() ?? {
      offset: text.length,
      message: "the text ends too early.",
      fix: "Close every bracket that is open.",
    }
  );
}

/** A number, or one of the three names, as RFC 8259 spells them. */
const literal = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
const string = /"(?:[^"\\\u0000-\u001F]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/y;
const space = /[ \t\n\r]*/y;

class JsonScanner {
  readonly #text: string;
  #at = 0;

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
    if (next === "{") return this.#list("}", () => this.#member());
    if (next === "[") return this.#list("]", () => this.#value());
    if (next === '"') return this.#string();
    if (this.#skip(literal)) return undefined;
    return this.#unexpected("a value is missing here.");
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

  #member(): JsonError | undefined {
    this.#skip(space);
    if (this.#text[this.#at] !== '"')
      return this.#unexpected("a key is missing here.", 'Write keys in double quotes: "policy".');
    const error = this.#string();
    if (error) return error;
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
