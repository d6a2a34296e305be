const orders: string[] = ["bread"];
let broken = false;

/** All orders. */
export function listOrders(): readonly string[] {
  if (broken) throw new Error("the orders are away");
  return orders;
}

/** Takes an order, and returns how many there are. A request that was refused must never come here. */
export function addOrder(): number {
  if (broken) throw new Error("the orders are away");
  return orders.push("butter");
}

/** Lets both throw while `during` is under way, as they do when a database is away. */
export async function breakDown<Made>(during: () => Promise<Made>): Promise<Made> {
  broken = true;
  try {
    return await during();
  } finally {
    broken = false;
  }
}
