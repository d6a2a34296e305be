export interface Order {
  readonly id: number;
  readonly item: string;
  readonly quantity: number;
}

export type OrderInput = Omit<Order, "id">;

/** How many orders are kept; a new one beyond that pushes the oldest out, because any client can write here forever. */
export const orderLimit = 100;

const firstOrders: readonly OrderInput[] = [
  { item: "espresso beans", quantity: 2 },
  { item: "paper filters", quantity: 100 },
  { item: "hand grinder", quantity: 1 },
];

export class OrderBook {
  readonly #orders = new Map<number, { readonly order: Order; readonly key: string | undefined }>();
  #lastId = 0;

  constructor() {
    for (const input of firstOrders) this.create(input);
  }

  list(): readonly Order[] {
    return Array.from(this.#orders.values(), (entry) => entry.order);
  }

  /** A second call with the same idempotency key answers the first one's order, so that a repeated click orders once. */
  create(input: OrderInput, key?: string): { readonly order: Order; readonly created: boolean } {
    const earlier = key === undefined ? undefined : [...this.#orders.values()].find((entry) => entry.key === key);
    if (earlier !== undefined) return { order: earlier.order, created: false };
    this.#lastId += 1;
    const order: Order = { id: this.#lastId, ...input };
    this.#orders.set(order.id, { order, key });
    const [oldest = order.id] = this.#orders.keys();
    if (this.#orders.size > orderLimit) this.#orders.delete(oldest);
    return { order, created: true };
  }

  /** `undefined` where there is no such order. */
  update(id: number, input: OrderInput): Order | undefined {
    const entry = this.#orders.get(id);
    if (entry === undefined) return undefined;
    const order: Order = { id, ...input };
    this.#orders.set(id, { order, key: entry.key });
    return order;
  }

  delete(id: number): boolean {
    return this.#orders.delete(id);
  }
}
