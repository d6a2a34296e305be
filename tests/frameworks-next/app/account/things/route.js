import { thingsOf } from "../../../two-policies.js";

export const dynamic = "force-dynamic";
export const { GET, OPTIONS } = thingsOf("account");
