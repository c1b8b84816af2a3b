// The server's clock as this page knows it. PCs in offices run minutes wrong, and "updated 2 minutes ago" must not.

export class ServerClock {
  #local;
  #aheadMs = 0;

  /** @param local gives local epoch milliseconds */
  constructor(local = Date.now) {
    this.#local = local;
  }

  /** Takes over the time that the server has just told; an unreadable one is passed over. */
  learn(serverTime) {
    const told = Date.parse(serverTime);
    if (Number.isFinite(told)) this.#aheadMs = told - this.#local();
  }

  /** Epoch milliseconds by the server's clock. */
  now() {
    return this.#local() + this.#aheadMs;
  }
}
