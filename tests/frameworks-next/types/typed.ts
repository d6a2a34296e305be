import { cors } from "@corsmith/cors/next";
import { type NextRequest, NextResponse } from "next/server";

const policy = { allowOrigins: ["https://app.example.com"], allowMethods: ["PUT"], preflightStatus: 200 };
const guard = cors(policy);

// A route file, as Next's documentation writes them.
export const GET = guard(async (request: NextRequest) => NextResponse.json({ query: request.nextUrl.search }));
export const POST = guard(async (request: Request) => Response.json(await request.json()));
export const PUT = guard(async (request: NextRequest, context: { params: Promise<{ id: string }> }) => {
  const { id } = await context.params;
  return NextResponse.json({ id, session: request.cookies.get("session")?.value });
});
export const OPTIONS = guard.OPTIONS;

// The proxy, with and without its request.
export const proxy = guard((request: NextRequest) => NextResponse.rewrite(new URL("/orders", request.nextUrl)));
export const plainProxy = guard(() => NextResponse.next());

/** What Next's own build asks of the exports of a route file. */
type RouteHandler = (
  request: NextRequest,
  context: { params: Promise<{ id: string }> },
) => Response | Promise<Response>;
export const asNextAsks: Readonly<Record<string, RouteHandler>> = { GET, POST, PUT, OPTIONS };
