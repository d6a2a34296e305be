import { cors } from "@corsmith/cors/express";
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { toNodeHandler } from "better-auth/node";
import { bearer } from "better-auth/plugins";
import express from "express";
import { policy } from "./policy.ts";

export const database = { user: [], session: [], account: [], verification: [] };

const auth = betterAuth({
  baseURL: "https://api.example.com",
  database: memoryAdapter(database),
  emailAndPassword: { enabled: true },
  plugins: [bearer()],
  secret: process.env.AUTH_SECRET,
  trustedOrigins: ["https://app.example.com"],
});

const app = express();
app.use(cors(policy));
app.all("/api/auth/{*path}", toNodeHandler(auth));

app.listen(3000);
