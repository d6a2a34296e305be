import { createServer } from "node:http";
import process from "node:process";
import { cors } from "@corsmith/cors/node";

const guard = cors({
  allowOrigins: ["https://app.example.com", "http://localhost:*"],
  allowCredentials: true,
  allowMethods: ["PUT"],
  allowHeaders: ["Content-Type"],
  maxAge: 600,
});

const server = createServer((req, res) =>
  guard(req, res, () => {
    if (req.url === "/orders") return res.end(JSON.stringify([{ id: 1 }]));
    if (req.url === "/orders/1" && req.method === "PUT") return res.writeHead(204).end();
    if (req.url === "/broken") throw new Error("broken");
    return res.writeHead(404).end("no such path");
  }),
);

server.listen(Number(process.env["PORT"] ?? 3000), () => console.log("listening on", server.address()));
