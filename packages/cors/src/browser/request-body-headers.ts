import { deleteHeader, type HeaderList } from "./header-list.ts";

const names = ["content-encoding", "content-language", "content-location", "content-type"] as const;

/** The headers without those that speak of the body. @see https://fetch.spec.whatwg.org/#request-body-header-name */
export function withoutBodyHeaders(list: HeaderList): HeaderList {
  return names.reduce(deleteHeader, list);
}
