import type { LookupFunction } from "node:net";
import { auditApi } from "../../../src/audit/audit-api.ts";
import type { AuditOptions, AuditReport, AuditRequest } from "../../../src/audit/audit-report.ts";

/** Every name leads to this machine. */
const toLoopback: LookupFunction = (_name, options, callback) => {
  if (options.all === true) callback(null, [{ address: "127.0.0.1", family: 4 }]);
  else callback(null, "127.0.0.1", 4);
};

/** Audits a server of a test, without the pace that other people's servers are due. @param host a name that it is to be asked under */
export async function auditServer(
  url: string,
  request: Partial<AuditRequest> = {},
  { host, ...options }: AuditOptions & { readonly host?: string | undefined } = {},
): Promise<AuditReport> {
  const asked = host === undefined ? url : url.replace("127.0.0.1", host);
  return await auditApi(
    { url: asked, origins: [], headers: [], ...request },
    { perSecond: 1_000, insecure: true, lookup: toLoopback, ...options },
  );
}
