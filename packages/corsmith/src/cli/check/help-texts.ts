/** Behind the flags of `check`. */
export const checkNotes = `
A method that may change data is not sent: its preflight is, and a GET looks at
how the API answers. A few requests more than a browser's find out why.

Exit codes: 0 allowed, 1 blocked, 2 the arguments cannot be read, 3 no answer.
`;

/** At the end of the help of `check`. */
export const checkExamples = `
Examples:
  corsmith check https://api.example.com/orders --origin https://app.example.com
  corsmith check https://api.example.com/orders/1 --origin https://app.example.com \\
    -X PUT -H 'content-type: application/json' --credentials
  corsmith check - < copied-as-curl.txt
`;
