import type { Snippet, Wish } from "./snippet.ts";

/** Frameworks of Python, Java and Go. */
export const languages: readonly ((wish: Wish) => Snippet)[] = [
  (wish) => ({
    stack: "fastapi",
    title: "FastAPI and Starlette",
    language: "python",
    code: fastapi(wish),
  }),
  (wish) => ({
    stack: "django",
    title: "Django, with django-cors-headers",
    language: "python",
    code: [
      'INSTALLED_APPS += ["corsheaders"]',
      'MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware", *MIDDLEWARE]',
      `CORS_ALLOWED_ORIGINS = ${list([wish.origin])}`,
      ...when(wish.credentials, "CORS_ALLOW_CREDENTIALS = True"),
      `CORS_ALLOW_METHODS = ${list(wish.methods)}`,
      `CORS_ALLOW_HEADERS = ${list(wish.headers)}`,
      ...when(wish.expose.length > 0, `CORS_EXPOSE_HEADERS = ${list(wish.expose)}`),
    ].join("\n"),
  }),
  (wish) => ({
    stack: "spring",
    title: "Spring; with Spring Security also http.cors(Customizer.withDefaults())",
    language: "java",
    code: [
      "@Bean",
      "CorsConfigurationSource corsConfigurationSource() {",
      "  var cors = new CorsConfiguration();",
      `  cors.setAllowedOrigins(List.of(${texts([wish.origin])}));`,
      ...when(wish.credentials, "  cors.setAllowCredentials(true);"),
      `  cors.setAllowedMethods(List.of(${texts(wish.methods)}));`,
      `  cors.setAllowedHeaders(List.of(${texts(wish.headers)}));`,
      ...when(wish.expose.length > 0, `  cors.setExposedHeaders(List.of(${texts(wish.expose)}));`),
      "  var source = new UrlBasedCorsConfigurationSource();",
      '  source.registerCorsConfiguration("/**", cors);',
      "  return source;",
      "}",
    ].join("\n"),
  }),
  (wish) => ({
    stack: "go",
    title: "Go, with github.com/rs/cors",
    language: "go",
    code: [
      "handler := cors.New(cors.Options{",
      `\tAllowedOrigins: []string{${texts([wish.origin])}},`,
      ...when(wish.credentials, "\tAllowCredentials: true,"),
      `\tAllowedMethods: []string{${texts(wish.methods)}},`,
      `\tAllowedHeaders: []string{${texts(wish.headers)}},`,
      ...when(wish.expose.length > 0, `\tExposedHeaders: []string{${texts(wish.expose)}},`),
      "}).Handler(mux)",
    ].join("\n"),
  }),
];

/** Starlette answers exceptions outside its middleware: what must reach those answers wraps the whole application. */
function fastapi(wish: Wish): string {
  const wraps = wish.code === "error-response-without-cors";
  const open = wraps
    ? ["# at the end of the file", "app = CORSMiddleware(", "    app,"]
    : ["app.add_middleware(", "    CORSMiddleware,"];
  return [
    "from fastapi.middleware.cors import CORSMiddleware",
    "",
    ...open,
    `    allow_origins=${list([wish.origin])},`,
    ...when(wish.credentials, "    allow_credentials=True,"),
    `    allow_methods=${list(wish.methods)},`,
    `    allow_headers=${list(wish.headers)},`,
    ...when(wish.expose.length > 0, `    expose_headers=${list(wish.expose)},`),
    ")",
  ].join("\n");
}

function list(names: readonly string[]): string {
  return `[${texts(names)}]`;
}

function texts(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(", ");
}

function when(wanted: boolean, line: string): readonly string[] {
  return wanted ? [line] : [];
}
