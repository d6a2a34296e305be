const orders: string[] = ["bread"];

/** All orders; throws while {@link breakDown} lasts, as a database does that is away. */
export function listOrders(): readonly string[] {
  if (broken) throw new Error("the orders are away");
  return orders;
}

/** Takes an order, and returns how many there are. A request that was refused must never come here. */
export function addOrder(): number {
  return orders.push("butter");
}

let broken = false;

/** Lets {@link listOrders} throw while `during` is under way. */
export async function breakDown<Made>(during: () => Promise<Made>): Promise<Made> {
  broken = true;
  try {
    return await during();
  } finally {
    broken = false;
  }
}
