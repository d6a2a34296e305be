/** An answer of the operator's API. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Calls the operator's API as a program does. */
export class OperatorClient {
  readonly #admin: string;

  constructor(admin: string) {
    this.#admin = admin;
  }

  async get(path: string): Promise<ApiAnswer> {
    return await this.#ask(path, {});
  }

  async post(path: string, body: unknown): Promise<ApiAnswer> {
    return await this.send(path, JSON.stringify(body));
  }

  /** Sends a text as it is. */
  async send(path: string, text: string, type = "application/json"): Promise<ApiAnswer> {
    return await this.#ask(path, { method: "POST", body: text, headers: { "content-type": type } });
  }

  async text(path: string): Promise<string> {
    return await (await fetch(this.#admin + path)).text();
  }

  async #ask(path: string, init: RequestInit): Promise<ApiAnswer> {
    const response = await fetch(this.#admin + path, init);
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") === true;
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }
}
