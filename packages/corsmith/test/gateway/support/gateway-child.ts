import process from "node:process";
import { startTestGateway } from "./start-test-gateway.ts";

const gateway = await startTestGateway(new URL(process.argv[2] ?? ""));
const before = process.memoryUsage.rss();
let most = before;

setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss());
}, 5);

process.on("message", () => process.send?.((most - before) / 1024 / 1024));
process.send?.(gateway.url.href);
