/** What is to be closed when all is over, the last opened first. */
export interface Closing {
  /** Closed before everything that was opened so far. */
  later(close: () => void | Promise<void>): void;
  /** Good once, however often it is called; all is closed even where one of them fails, whose error is thrown then. */
  run(): Promise<void>;
}

/** Nothing to close yet. */
export function createClosing(): Closing {
  const closers: (() => void | Promise<void>)[] = [];
  let closed: Promise<void> | undefined;

  async function closeAll(): Promise<void> {
    const errors: unknown[] = [];
    for (const close of closers.reverse()) {
      try {
        await close();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }

  return {
    later: (close) => void closers.push(close),
    run() {
      closed ??= closeAll();
      return closed;
    },
  };
}
