import type { Snippet, Wish } from "./snippet.ts";

/** Servers that stand before the application. One layer owns CORS: if the application sends the headers too, they are taken away here. */
export const proxies: readonly ((wish: Wish) => Snippet)[] = [
  (wish) => ({ stack: "nginx", title: "nginx", language: "nginx", code: nginx(wish) }),
  (wish) => ({
    stack: "apache",
    title: "Apache, in the virtual host; needs mod_headers, mod_rewrite and mod_setenvif",
    language: "apache",
    code: apache(wish),
  }),
  (wish) => ({ stack: "caddy", title: "Caddy, in the block of the site", language: "caddy", code: caddy(wish) }),
  (wish) => ({ stack: "haproxy", title: "HAProxy, in the frontend", language: "haproxy", code: haproxy(wish) }),
];

function nginx(wish: Wish): string {
  return [
    "# in http { }",
    "map $http_origin $cors_origin {",
    `  "${wish.origin}" $http_origin;`,
    "}",
    'map "$request_method $http_access_control_request_method" $preflight {',
    '  "~^OPTIONS ." 1;',
    "}",
    "",
    "# in location { }",
    ...allowed(wish, "$cors_origin").map(([name, value]) => `add_header ${name} ${quoted(value)} always;`),
    "add_header Vary Origin always;",
    "proxy_hide_header Access-Control-Allow-Origin;",
    ...(wish.credentials ? ["proxy_hide_header Access-Control-Allow-Credentials;"] : []),
    "if ($preflight) { return 204; }",
  ].join("\n");
}

function apache(wish: Wish): string {
  const origin = `%{CORS_ORIGIN}e`;
  return [
    `SetEnvIf Origin "^(${wish.origin.replace(/[.[\]]/g, "\\$&")})$" CORS_ORIGIN=$1`,
    "Header onsuccess unset Access-Control-Allow-Origin",
    ...allowed(wish, origin).map(([name, value]) => `Header always set ${name} ${quoted(value)} env=CORS_ORIGIN`),
    "Header always merge Vary Origin",
    "RewriteEngine On",
    "RewriteCond %{REQUEST_METHOD} =OPTIONS",
    "RewriteCond %{HTTP:Access-Control-Request-Method} .",
    "RewriteRule ^ - [R=204,L]",
  ].join("\n");
}

function caddy(wish: Wish): string {
  return [
    `@allowed header Origin ${wish.origin}`,
    "header @allowed {",
    ...allowed(wish, wish.origin).map(([name, value]) => `  ${name} ${quoted(value)}`),
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

function haproxy(wish: Wish): string {
  return [
    `http-request set-var(txn.origin) req.hdr(origin) if { req.hdr(origin) -m str ${wish.origin} }`,
    "http-request return status 204 if METH_OPTIONS { req.hdr(access-control-request-method) -m found }",
    "http-after-response del-header Access-Control-Allow-Origin",
    ...allowed(wish, "%[var(txn.origin)]").map(
      ([name, value]) => `http-after-response set-header ${name} ${quoted(value)} if { var(txn.origin) -m found }`,
    ),
    "http-after-response add-header Vary Origin",
  ].join("\n");
}

function allowed(wish: Wish, origin: string): readonly (readonly [name: string, value: string])[] {
  return [
    ["Access-Control-Allow-Origin", origin],
    ...(wish.credentials ? [["Access-Control-Allow-Credentials", "true"] as const] : []),
    ["Access-Control-Allow-Methods", wish.methods.join(", ")],
    ["Access-Control-Allow-Headers", wish.headers.join(", ")],
    ...(wish.expose.length > 0 ? [["Access-Control-Expose-Headers", wish.expose.join(", ")] as const] : []),
  ];
}

function quoted(value: string): string {
  return value.includes(" ") ? `"${value}"` : value;
}
