import { randomUUID } from "node:crypto";

/** How many sessions are kept; a new one beyond that ends the oldest. */
export const sessionLimit = 100;

/** Cookies know no ports, so the name must not meet that of another program on this machine. */
const sessionCookie = "corsmith_demo_session";

/** The sessions of the demo API, in memory. Anyone may open one: there is nothing here to protect. */
export class SessionStore {
  readonly #ids = new Set<string>();

  /**
   * Opens a session and returns the value of `Set-Cookie`. `HttpOnly` keeps it from scripts. `SameSite=Lax` is enough because the pages
   * and the gateway are on one host, and so one site; `None` would demand `Secure`, and this is plain HTTP.
   *
   * @see https://www.rfc-editor.org/rfc/rfc6265#section-4.1
   */
  open(): string {
    const id = randomUUID();
    this.#ids.add(id);
    const [oldest = id] = this.#ids;
    if (this.#ids.size > sessionLimit) this.#ids.delete(oldest);
    return `${sessionCookie}=${id}; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax`;
  }

  /** Does this `Cookie` header name an open session? */
  isSignedIn(cookieHeader = ""): boolean {
    return cookieHeader.split(";").some((pair) => {
      const [name, value = ""] = pair.trim().split("=", 2);
      return name === sessionCookie && this.#ids.has(value);
    });
  }
}
