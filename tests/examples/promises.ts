/** What an example promises. */
export interface ExamplePromise {
  readonly folder: string;
  readonly flags?: readonly string[];
  readonly credentials: boolean;
  /** Origins that may read; `allowOrigin` is what they get, if it is not their own. */
  readonly allowed: readonly string[];
  readonly allowOrigin?: string;
  readonly refused: readonly string[];
  /** A preflight that passes, of the first allowed origin. */
  readonly preflight: { readonly method: string; readonly headers: readonly string[] };
  /** One that does not: the method or a header is not allowed. */
  readonly refusedPreflight?: { readonly method: string; readonly headers: readonly string[] };
  /** Does it stop unsafe requests of other pages before the API hears of them? */
  readonly protects?: boolean;
}

/** A page that no example allows. */
export const stranger = "https://evil.example";
const lookAlikes = [stranger, "https://app.example.com.evil.example", "https://evilapp.example.com", "null"];
const appOnly = { allowed: ["https://app.example.com"], refused: [...lookAlikes, "http://app.example.com"] };

/** Every example, each in the modes that it has. */
export const promises: readonly ExamplePromise[] = [
  {
    folder: "single-domain",
    credentials: true,
    ...appOnly,
    preflight: { method: "PUT", headers: ["content-type"] },
    refusedPreflight: { method: "PATCH", headers: [] },
  },
  {
    folder: "several-domains",
    credentials: true,
    allowed: ["https://app.example.com", "https://shop.example.org", "https://a.b.preview.example.com"],
    refused: [
      ...lookAlikes,
      "https://preview.example.com",
      "https://evilpreview.example.com",
      "https://office.example.com",
    ],
    preflight: { method: "DELETE", headers: ["content-type"] },
    refusedPreflight: { method: "PUT", headers: ["x-unknown"] },
  },
  {
    folder: "development-and-production",
    flags: ["--mode", "production"],
    credentials: true,
    allowed: ["https://app.example.com"],
    refused: [...lookAlikes, "http://localhost:5173"],
    preflight: { method: "DELETE", headers: ["content-type"] },
    refusedPreflight: { method: "PATCH", headers: [] },
  },
  {
    folder: "development-and-production",
    flags: ["--mode", "development"],
    credentials: true,
    allowed: ["http://localhost:5173", "http://localhost"],
    refused: [...lookAlikes, "https://app.example.com", "http://localhost.evil.example"],
    preflight: { method: "PUT", headers: ["content-type"] },
    refusedPreflight: { method: "PATCH", headers: [] },
  },
  {
    folder: "environment-variables",
    credentials: true,
    allowed: ["https://app.example.com", "https://shop.example.org"],
    refused: lookAlikes,
    preflight: { method: "DELETE", headers: ["content-type"] },
    refusedPreflight: { method: "PUT", headers: ["x-unknown"] },
  },
  {
    folder: "public-api",
    credentials: false,
    allowed: ["https://anywhere.example", "null"],
    allowOrigin: "*",
    refused: [],
    preflight: { method: "PUT", headers: ["authorization", "x-anything"] },
  },
  {
    folder: "single-page-app",
    credentials: true,
    ...appOnly,
    preflight: { method: "PATCH", headers: ["content-type", "x-csrf-token"] },
    refusedPreflight: { method: "PATCH", headers: ["x-unknown"] },
  },
  {
    folder: "mobile-backend",
    credentials: false,
    allowed: ["capacitor://localhost", "ionic://localhost", "tauri://localhost", "https://localhost"],
    refused: [...lookAlikes, "capacitor://evil", "https://localhost:8443"],
    preflight: { method: "PUT", headers: ["authorization", "content-type"] },
    refusedPreflight: { method: "PUT", headers: ["x-unknown"] },
  },
  {
    folder: "internal-tools",
    credentials: true,
    allowed: ["https://wiki.tools.example.com"],
    refused: [...lookAlikes, "https://tools.example.com", "https://eviltools.example.com"],
    preflight: { method: "DELETE", headers: ["x-csrf-token"] },
    refusedPreflight: { method: "DELETE", headers: ["x-unknown"] },
    protects: true,
  },
  {
    folder: "development",
    credentials: true,
    allowed: ["http://localhost:5173", "https://127.0.0.1:8443", "http://[::1]:3000"],
    refused: [...lookAlikes, "http://localhost.evil.example", "http://192.168.1.20:5173"],
    preflight: { method: "PATCH", headers: ["authorization", "x-anything"] },
  },
  {
    folder: "fastapi",
    flags: ["--policy", "corsmith/corsmith.config.yaml"],
    credentials: true,
    ...appOnly,
    preflight: { method: "DELETE", headers: ["content-type"] },
    refusedPreflight: { method: "PUT", headers: [] },
  },
];
