import { NextResponse } from "next/server";
import { form, guard, prefix } from "./policy.js";

export function proxy(request) {
  const { pathname } = request.nextUrl;
  const inside = pathname === prefix || pathname.startsWith(`${prefix}/`);
  if (form !== "proxy" || !inside) return NextResponse.next();
  return guard()(() => NextResponse.next())(request);
}
