import { createServer } from "node:http";
import process from "node:process";
import { cors } from "@corsmith/cors/h3";
import { H3, noContent } from "h3";
import { toNodeHandler } from "h3/node";

const app = new H3();

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

app.get("/orders", () => [{ id: 1 }]);
app.put("/orders/:id", () => noContent());
app.get("/broken", () => {
  throw new Error("broken");
});

const server = createServer(toNodeHandler(app));
server.listen(Number(process.env["PORT"] ?? 3000), () => console.log("listening on", server.address()));
