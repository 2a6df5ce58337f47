/** Hands items from a producer to a consumer; the producer waits until its last batch has been taken. */
export interface Channel<T> {
  /** Resolves once every one of the items was taken, or nobody takes any more. */
  put(items: readonly T[]): Promise<void>;
  /** The channel ends when this settles. */
  endWith(work: Promise<unknown>): void;
  items(): AsyncGenerator<T, void, undefined>;
  /** The consumer has left: whatever comes is dropped. */
  discard(): void;
}

/** An empty channel; what is put before anybody takes waits. */
export function createChannel<T>(): Channel<T> {
  let batches: { items: readonly T[]; taken: () => void }[] = [];
  let ended = false;
  let left = false;
  let wake = () => {};

  return {
    put(items) {
      if (left) return Promise.resolve();
      return new Promise((taken) => {
        batches.push({ items, taken });
        wake();
      });
    },
    endWith(work) {
      const end = () => {
        ended = true;
        wake();
      };
      work.then(end, end);
    },
    async *items() {
      for (;;) {
        const batch = batches.shift();
        if (batch !== undefined) {
          try {
            yield* batch.items;
          } finally {
            batch.taken();
          }
        } else if (ended) {
          return;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
    discard() {
      left = true;
      for (const batch of batches) batch.taken();
      batches = [];
    },
  };
}
