/** The part of a Node request that a decision needs. HTTP/1 and HTTP/2 requests have it. */
export interface RawRequest {
  readonly method?: string | undefined;
  /** Names and values in turn, one pair a line, as they came. Some hosts and most mocks leave it out or empty. */
  readonly rawHeaders?: readonly string[] | undefined;
  /** By name; read only where `rawHeaders` says nothing. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>> | undefined;
  /** The target of the request line. It decides nothing; a record of the decision has its path. */
  readonly url?: string | undefined;
  /** The same, where the host takes the prefix of a mounted application off `url`. */
  readonly originalUrl?: string | undefined;
}

/** The value of a header of a Node response. */
export type HeaderValue = string | number | readonly string[];

/** Marks a response whose head was written with the headers of its answer in one go: Node does not tell them afterwards. */
export const writtenWhole: unique symbol = Symbol("corsmith.written");

/** The part of a Node response by which one sees what was sent. */
export interface SeenResponse {
  readonly statusCode: number;
  readonly headersSent: boolean;
  getHeader(name: string): HeaderValue | undefined;
  once?(event: "close", listener: () => void): unknown;
  readonly [writtenWhole]?: true;
}
