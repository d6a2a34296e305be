import { createServer } from "node:http";
import { cors } from "@corsmith/cors/node";
import { Server } from "socket.io";
import { policy } from "./policy.ts";

const http = createServer();
const io = new Server(http);
io.engine.use(cors(policy));
io.on("connection", (socket) => socket.emit("greeting", "hello"));

http.listen(3000);
