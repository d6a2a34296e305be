import { type SettingNames, type Snippet, type SnippetInput, settingLines } from "./snippet.ts";

const headerNames: SettingNames = [
  "Access-Control-Allow-Credentials",
  "Access-Control-Allow-Methods",
  "Access-Control-Allow-Headers",
  "Access-Control-Expose-Headers",
];

/** Servers in front of the application. One layer owns CORS: if the application sends the headers too, they are removed here. */
export const proxies: readonly ((input: SnippetInput) => Snippet)[] = [
  (input) => ({ stack: "nginx", title: "nginx", language: "nginx", code: nginx(input) }),
  (input) => ({
    stack: "apache",
    title: "Apache, in the virtual host; needs mod_headers, mod_rewrite and mod_setenvif",
    language: "apache",
    code: apache(input),
  }),
  (input) => ({ stack: "caddy", title: "Caddy, in the block of the site", language: "caddy", code: caddy(input) }),
  (input) => ({ stack: "haproxy", title: "HAProxy, in the frontend", language: "haproxy", code: haproxy(input) }),
];

function nginx(input: SnippetInput): string {
  return [
    "# in http { }",
    "map $http_origin $cors_origin {",
    `  "${input.origin}" $http_origin;`,
    "}",
    'map "$request_method $http_access_control_request_method" $preflight {',
    '  "~^OPTIONS ." 1;',
    "}",
    "",
    "# in location { }",
    ...headerLines(input, "$cors_origin", (name, value) => `add_header ${name} ${value} always;`),
    "add_header Vary Origin always;",
    "proxy_hide_header Access-Control-Allow-Origin;",
    ...(input.credentials ? ["proxy_hide_header Access-Control-Allow-Credentials;"] : []),
    "if ($preflight) { return 204; }",
  ].join("\n");
}

function apache(input: SnippetInput): string {
  const origin = `%{CORS_ORIGIN}e`;
  return [
    `SetEnvIf Origin "^(${input.origin.replace(/[.[\]]/g, "\\$&")})$" CORS_ORIGIN=$1`,
    "Header onsuccess unset Access-Control-Allow-Origin",
    ...headerLines(input, origin, (name, value) => `Header always set ${name} ${value} env=CORS_ORIGIN`),
    "Header always merge Vary Origin",
    "RewriteEngine On",
    "RewriteCond %{REQUEST_METHOD} =OPTIONS",
    "RewriteCond %{HTTP:Access-Control-Request-Method} .",
    "RewriteRule ^ - [R=204,L]",
  ].join("\n");
}

function caddy(input: SnippetInput): string {
  return [
    `@allowed header Origin ${input.origin}`,
    "header @allowed {",
    ...headerLines(input, input.origin, (name, value) => `  ${name} ${value}`),
    "  defer",
    "}",
    "header -Access-Control-Allow-Origin",
    "header +Vary Origin",
    "@preflight {",
    "  method OPTIONS",
    "  header Access-Control-Request-Method *",
    "}",
    "respond @preflight 204",
  ].join("\n");
}

function haproxy(input: SnippetInput): string {
  return [
    `http-request set-var(txn.origin) req.hdr(origin) if { req.hdr(origin) -m str ${input.origin} }`,
    "http-request return status 204 if METH_OPTIONS { req.hdr(access-control-request-method) -m found }",
    "http-after-response del-header Access-Control-Allow-Origin",
    ...headerLines(
      input,
      "%[var(txn.origin)]",
      (name, value) => `http-after-response set-header ${name} ${value} if { var(txn.origin) -m found }`,
    ),
    "http-after-response add-header Vary Origin",
  ].join("\n");
}

/** Each header of the response as a line; `origin` is how the server writes the one that was allowed. */
function headerLines(
  input: SnippetInput,
  origin: string,
  write: (name: string, value: string) => string,
): readonly string[] {
  return [
    write("Access-Control-Allow-Origin", origin),
    ...settingLines(input, headerNames, (name, value) =>
      write(name, value === true ? "true" : quoted(value.join(", "))),
    ),
  ];
}

function quoted(value: string): string {
  return value.includes(" ") ? `"${value}"` : value;
}
