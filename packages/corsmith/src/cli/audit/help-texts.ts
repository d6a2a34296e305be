import { mostRequests } from "../../audit/paced-line.ts";

/** Behind the flags of `audit`. */
export const auditNotes = `
Sends GET and OPTIONS only, one after the other: 20 to 60 requests, and about
25 more for each --origin; never more than ${mostRequests}. Ask before you audit what is
not yours.

An information (info) is worth knowing and nothing to mend.

Exit codes: 0 clean, 1 findings, 2 the arguments cannot be read, 3 no answer.
`;

/** At the end of the help of `audit`. */
export const auditExamples = `
Examples:
  corsmith audit https://api.example.com/orders --origin https://app.example.com
  corsmith audit https://api.example.com/me -H 'cookie: session=…' --origin 'https://*.example.com'
  corsmith audit https://api.example.com/orders --format sarif > corsmith.sarif
`;
