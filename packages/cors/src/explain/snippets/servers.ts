import { explanationOf } from "../../failures/catalogue.ts";
import { isLoopbackHost } from "../../origin/host.ts";
import { hostCode, yamlPolicy } from "./policy-snippets.ts";
import {
  type SettingNames,
  type Snippet,
  type SnippetInput,
  type SnippetWriter,
  settingLines,
  writer,
} from "./snippet.ts";

const camelCase: SettingNames = ["credentials", "allowMethods", "allowHeaders", "exposeHeaders"];
const middleware: SettingNames = ["credentials", "methods", "allowedHeaders", "exposedHeaders"];
const snakeCase: SettingNames = ["allow_credentials", "allow_methods", "allow_headers", "expose_headers"];
const django: SettingNames = [
  "CORS_ALLOW_CREDENTIALS",
  "CORS_ALLOW_METHODS",
  "CORS_ALLOW_HEADERS",
  "CORS_EXPOSE_HEADERS",
];
const spring: SettingNames = ["setAllowCredentials", "setAllowedMethods", "setAllowedHeaders", "setExposedHeaders"];
const go: SettingNames = ["AllowCredentials", "AllowedMethods", "AllowedHeaders", "ExposedHeaders"];
const aws: SettingNames = ["AllowCredentials", "AllowMethods", "AllowHeaders", "ExposeHeaders"];

/** What S3 can allow: it has no other methods. */
const s3Methods: ReadonlySet<string> = new Set(["GET", "HEAD", "PUT", "POST", "DELETE"]);

/** The response that would pass, as it looks on the wire: what every configuration has to produce. */
export function response(input: SnippetInput): Snippet {
  const { code, origin, credentials, methods, headers, expose } = input;
  const preflight = explanationOf(code).phase === "preflight";
  const lines = [
    ...(preflight ? ["HTTP/1.1 204 No Content"] : []),
    `Access-Control-Allow-Origin: ${origin}`,
    ...(credentials ? ["Access-Control-Allow-Credentials: true"] : []),
    ...(preflight && !/header/.test(code) ? [`Access-Control-Allow-Methods: ${methods.join(", ")}`] : []),
    ...(preflight && !/method/.test(code) ? [`Access-Control-Allow-Headers: ${headers.join(", ")}`] : []),
    ...(expose.length > 0 ? [`Access-Control-Expose-Headers: ${expose.join(", ")}`] : []),
    "Vary: Origin",
  ];
  const title = preflight ? "The response to OPTIONS, whatever sends it" : "The response headers, whatever sends them";
  return { stack: "http", title, language: "http", code: lines.join("\n") };
}

/** Our own gateway and library, and the CORS packages of servers. JavaScript middleware comes before the routes. */
export const servers: readonly SnippetWriter[] = [
  writer("corsmith", "corsmith serve in front of any API: corsmith.config.yaml", "yaml", (input) => [
    "upstream: http://127.0.0.1:8000",
    yamlPolicy(policyOf(input)).trimEnd(),
  ]),
  writer(
    "corsmith-cors",
    "@corsmith/cors in Express (also /fastify, /koa, /hono, /h3, /nest, /next, /node, /fetch); errors carry the headers too",
    "js",
    (input) => [hostCode("express", policyOf(input), "", "app.use(cors(policy));").trimEnd()],
  ),
  writer("express", "Express, with the package cors", "js", (input) => [
    'import cors from "cors";',
    "",
    "app.use(cors({",
    `  origin: ${list([input.origin])},`,
    ...options(input, middleware),
    "}));",
  ]),
  writer("fastify", "Fastify, with @fastify/cors", "js", (input) => [
    'import cors from "@fastify/cors";',
    "",
    "await app.register(cors, {",
    `  origin: ${list([input.origin])},`,
    ...options(input, middleware),
    "});",
  ]),
  writer("koa", "Koa, with @koa/cors", "js", (input) => [
    'import cors from "@koa/cors";',
    "",
    `const allowed = ${list([input.origin])};`,
    "app.use(cors({",
    '  origin: (context) => allowed.find((origin) => origin === context.get("Origin")) ?? "",',
    ...options(input, camelCase),
    "}));",
  ]),
  writer("hono", "Hono", "js", (input) => [
    'import { cors } from "hono/cors";',
    "",
    "app.use(cors({",
    `  origin: ${list([input.origin])},`,
    ...options(input, camelCase),
    "}));",
  ]),
  writer("fastapi", "FastAPI and Starlette", "python", (input) => [
    "from fastapi.middleware.cors import CORSMiddleware",
    "",
    // Starlette answers exceptions outside its middleware: to reach those responses CORS has to wrap the whole application.
    ...(input.code === "error-response-without-cors"
      ? ["# at the end of the file", "app = CORSMiddleware(", "    app,"]
      : ["app.add_middleware(", "    CORSMiddleware,"]),
    `    allow_origins=${list([input.origin])},`,
    ...settingLines(input, snakeCase, (name, value) => `    ${name}=${python(value)},`),
    ")",
  ]),
  writer("django", "Django, with django-cors-headers", "python", (input) => [
    'INSTALLED_APPS += ["corsheaders"]',
    'MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware", *MIDDLEWARE]',
    `CORS_ALLOWED_ORIGINS = ${list([input.origin])}`,
    ...settingLines(input, django, (name, value) => `${name} = ${python(value)}`),
  ]),
  writer("spring", "Spring; with Spring Security also http.cors(Customizer.withDefaults())", "java", (input) => [
    "@Bean",
    "CorsConfigurationSource corsConfigurationSource() {",
    "  var cors = new CorsConfiguration();",
    `  cors.setAllowedOrigins(List.of(${texts([input.origin])}));`,
    ...settingLines(
      input,
      spring,
      (name, value) => `  cors.${name}(${value === true ? value : `List.of(${texts(value)})`});`,
    ),
    "  var source = new UrlBasedCorsConfigurationSource();",
    '  source.registerCorsConfiguration("/**", cors);',
    "  return source;",
    "}",
  ]),
  writer("go", "Go, with github.com/rs/cors", "go", (input) => [
    "handler := cors.New(cors.Options{",
    `\tAllowedOrigins: []string{${texts([input.origin])}},`,
    ...settingLines(input, go, (name, value) => `\t${name}: ${value === true ? value : `[]string{${texts(value)}}`},`),
    "}).Handler(mux)",
  ]),
];

/** Platforms that answer for the application. */
export const clouds: readonly SnippetWriter[] = [
  writer("api-gateway", "AWS API Gateway (HTTP API), in CloudFormation or SAM", "yaml", (input) => [
    "CorsConfiguration:",
    `  AllowOrigins: ${list([input.origin])}`,
    ...settingLines(input, aws, (name, value) => `  ${name}: ${value === true ? value : `[${value.join(", ")}]`}`),
  ]),
  writer("s3", "Amazon S3, the bucket's CORS configuration", "json", ({ origin, methods, headers, expose }) => {
    const rule = {
      AllowedOrigins: [origin],
      AllowedMethods: methods.filter((method) => s3Methods.has(method)),
      AllowedHeaders: headers,
      ...(expose.length > 0 ? { ExposeHeaders: expose } : {}),
    };
    return [JSON.stringify([rule], null, 2)];
  }),
];

function policyOf({ origin, credentials, methods, headers, expose }: SnippetInput): Readonly<Record<string, unknown>> {
  // What a policy refuses by default, as it should be seen: better is a page over https.
  const insecure = credentials && origin.startsWith("http:") && !isLoopbackHost(new URL(origin).hostname);
  return {
    allowOrigins: [origin],
    ...(credentials ? { allowCredentials: true } : {}),
    allowMethods: methods,
    allowHeaders: headers,
    ...(expose.length > 0 ? { exposeHeaders: expose } : {}),
    ...(insecure ? { dangerously: { allowInsecureOrigins: true } } : {}),
  };
}

function options(input: SnippetInput, names: SettingNames): readonly string[] {
  return settingLines(input, names, (name, value) => `  ${name}: ${value === true ? value : list(value)},`);
}

function python(value: true | readonly string[]): string {
  return value === true ? "True" : list(value);
}

function list(names: readonly string[]): string {
  return `[${texts(names)}]`;
}

function texts(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(", ");
}
