import process from "node:process";
import { cors } from "@corsmith/cors/express";
import express from "express";

const app = express();

// First of all: what comes before it answers preflights, and authentication would answer them with 401.
app.use(
  cors({
    allowOrigins: ["https://app.example.com", "http://localhost:*"],
    allowCredentials: true,
    allowMethods: ["PUT"],
    allowHeaders: ["Content-Type"],
    maxAge: 600,
  }),
);
app.use(express.json());

app.get("/orders", (_req, res) => {
  res.json([{ id: 1 }]);
});
app.put("/orders/:id", (_req, res) => {
  res.sendStatus(204);
});
app.get("/broken", () => {
  throw new Error("broken");
});

const server = app.listen(Number(process.env["PORT"] ?? 3000), () => console.log("listening on", server.address()));
