import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { cors } from "@corsmith/cors/node";
import { FileStore } from "@tus/file-store";
import { Server } from "@tus/server";
import { addOrder } from "./orders.ts";

const uploads = new Server({
  path: "/files",
  datastore: new FileStore({ directory: tmpdir() }),
  onUploadCreate: async () => {
    addOrder();
    return {};
  },
});
const guard = cors(
  {
    allowOrigins: ["https://app.example.com"],
    allowMethods: ["DELETE", "PATCH"],
    allowHeaders: ["Content-Type", "Tus-Resumable", "Upload-Length", "Upload-Metadata", "Upload-Offset"],
    crossOriginProtection: true,
  },
  // It always sets Access-Control-Allow-Origin, which is replaced; no need to be told.
  { onConflict: () => {} },
);

createServer((request, response) => guard(request, response, () => uploads.handle(request, response))).listen(3000);
