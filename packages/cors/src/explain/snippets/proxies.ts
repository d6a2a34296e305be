import { type SettingNames, type SnippetInput, type SnippetWriter, settingLines, writer } from "./snippet.ts";

const headerNames: SettingNames = [
  "Access-Control-Allow-Credentials",
  "Access-Control-Allow-Methods",
  "Access-Control-Allow-Headers",
  "Access-Control-Expose-Headers",
];

/** Servers in front of the application. One layer owns CORS: if the application sends the headers too, they are removed here. */
export const proxies: readonly SnippetWriter[] = [
  writer("nginx", "nginx", "nginx", (input) => [
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
  ]),
  writer(
    "apache",
    "Apache, in the virtual host; needs mod_headers, mod_rewrite and mod_setenvif",
    "apache",
    (input) => [
      `SetEnvIf Origin "^(${input.origin.replace(/[.[\]]/g, "\\$&")})$" CORS_ORIGIN=$1`,
      "Header onsuccess unset Access-Control-Allow-Origin",
      ...headerLines(input, "%{CORS_ORIGIN}e", (name, value) => `Header always set ${name} ${value} env=CORS_ORIGIN`),
      "Header always merge Vary Origin",
      "RewriteEngine On",
      "RewriteCond %{REQUEST_METHOD} =OPTIONS",
      "RewriteCond %{HTTP:Access-Control-Request-Method} .",
      "RewriteRule ^ - [R=204,L]",
    ],
  ),
  writer("caddy", "Caddy, in the block of the site", "caddy", (input) => [
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
  ]),
  writer("haproxy", "HAProxy, in the frontend", "haproxy", (input) => [
    `http-request set-var(txn.origin) req.hdr(origin) if { req.hdr(origin) -m str ${input.origin} }`,
    "http-request return status 204 if METH_OPTIONS { req.hdr(access-control-request-method) -m found }",
    "http-after-response del-header Access-Control-Allow-Origin",
    ...headerLines(
      input,
      "%[var(txn.origin)]",
      (name, value) => `http-after-response set-header ${name} ${value} if { var(txn.origin) -m found }`,
    ),
    "http-after-response add-header Vary Origin",
  ]),
];

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
