/**
 * A response that does no more than remember the headers that it is given: what is measured is who sets them. It keeps them in a list
 * that is there beforehand, so that remembering costs next to nothing.
 */
export class CollectingResponse {
  statusCode = 200;
  headersSent = false;
  private readonly lines: (string | readonly string[])[] = new Array(24).fill("");
  private count = 0;

  setHeader(name: string, value: string | readonly string[]): this {
    const at = this.find(name);
    if (at === this.count) this.count += 2;
    this.lines[at] = name;
    this.lines[at + 1] = value;
    return this;
  }

  getHeader(name: string): string | readonly string[] | undefined {
    const at = this.find(name);
    return at === this.count ? undefined : this.lines[at + 1];
  }

  getHeaderNames(): string[] {
    const names: string[] = [];
    for (let at = 0; at < this.count; at += 2) names.push(String(this.lines[at]));
    return names;
  }

  removeHeader(name: string): void {
    const at = this.find(name);
    if (at === this.count) return;
    this.lines.copyWithin(at, at + 2, this.count);
    this.count -= 2;
  }

  writeHead(status: number): this {
    this.statusCode = status;
    this.headersSent = true;
    return this;
  }

  /** Writes the head if nobody has, as Node does. */
  end(): this {
    if (!this.headersSent) this.writeHead(this.statusCode);
    return this;
  }

  destroy(): this {
    return this;
  }

  /** The headers that were set, in order, their names in lower case. */
  headers(): readonly (readonly [string, string])[] {
    return this.getHeaderNames().map((name, index) => [name.toLowerCase(), String(this.lines[2 * index + 1])]);
  }

  private find(name: string): number {
    for (let at = 0; at < this.count; at += 2) {
      if (this.lines[at] === name) return at;
    }
    return this.count;
  }
}
