import { cors } from "@corsmith/cors/next";
import { NextResponse } from "next/server";

const guard = cors({
  allowOrigins: ["https://app.example.com", "http://localhost:*"],
  allowCredentials: true,
  allowMethods: ["PUT"],
  allowHeaders: ["Content-Type"],
  maxAge: 600,
});

export const proxy = guard(() => NextResponse.next());
