/** Where decisions are sent, and under which name. */
export interface SendOptions {
  /** The journal's address: the admin address of a `corsmith serve` or `corsmith console`. Without a path, `/api/decisions` is meant. */
  readonly url: string | URL;
  /** The admin port's token, if it demands one. */
  readonly token?: string | undefined;
  /** The name under which the decisions are counted, where a gateway has its routes. Default `/`. */
  readonly service?: string;
  /** Decisions that may wait to be sent; further ones are dropped, and counted. Default 10,000. */
  readonly mostWaiting?: number;
  /** Hears that the journal cannot be reached, or refuses: once, until it works again. Default `console.warn`. */
  readonly onError?: (error: Error) => void;
}

interface ReadOptions {
  readonly url: string;
  readonly token: string | undefined;
  readonly service: string;
  readonly mostWaiting: number;
  readonly onError: (error: Error) => void;
}

/** Checks the options, and fills what is left open. @throws TypeError */
export function readSendOptions({
  url,
  token,
  service = "/",
  mostWaiting = 10_000,
  onError,
}: SendOptions): ReadOptions {
  const parsed = URL.parse(String(url));
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.username !== "" || parsed.password !== "") {
    throw new TypeError(
      `sendDecisions: url is the http or https address of a journal, without a user, and not ${JSON.stringify(String(url))}. For example: http://127.0.0.1:9090`,
    );
  }
  if (parsed.pathname === "/") parsed.pathname = "/api/decisions";
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token))
    throw new TypeError(
      "sendDecisions: token is printable text without spaces. Is it the contents of a file, with a line end?",
    );
  if (typeof service !== "string" || service === "" || service.length > 256)
    throw new TypeError("sendDecisions: service is a name of 1 to 256 characters.");
  if (!Number.isInteger(mostWaiting) || mostWaiting < 1)
    throw new TypeError(`sendDecisions: mostWaiting is a whole number from 1 on, and not ${String(mostWaiting)}.`);
  return {
    url: parsed.href,
    token,
    service,
    mostWaiting,
    onError: onError ?? ((error) => console.warn(error.message)),
  };
}
