import process from "node:process";
import { startTestGateway } from "./start-test-gateway.ts";

const gateway = await startTestGateway(new URL(process.argv[2] ?? ""));
let marked = process.memoryUsage.rss();
let most = marked;

setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss());
}, 5);

process.on("message", (question) => {
  if (question === "mark") {
    marked = process.memoryUsage.rss();
    most = marked;
  }
  process.send?.((most - marked) / 1024 / 1024);
});
process.send?.(gateway.url.href);
