import { initTRPC } from "@trpc/server";
import { addOrder, listOrders } from "./orders.ts";

const { procedure, router } = initTRPC.create();

export const appRouter = router({
  orders: procedure.query(listOrders),
  order: procedure.mutation(addOrder),
});
