import { NextResponse } from "next/server";
import { form, guard, prefix } from "./policy.js";
import { guardOf, twoForm } from "./two-policies.js";

export function proxy(request) {
  const { pathname } = request.nextUrl;
  if (twoForm === "proxy") {
    const part = pathname.startsWith("/public/") ? "public" : "account";
    return guardOf(part)(() => NextResponse.next())(request);
  }
  const inside = pathname === prefix || pathname.startsWith(`${prefix}/`);
  if (form !== "proxy" || !inside) return NextResponse.next();
  return guard()(() => NextResponse.next())(request);
}
