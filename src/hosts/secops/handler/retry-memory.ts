import { createHash } from "node:crypto";
import type { ActionReply } from "./envelope.ts";

/** What keeps a repeated request from being carried out twice (secops-platform.md 1.7); it ends with its process. */
export interface RetryMemory {
  /** Carries a write out, or gives the reply to the request it repeats, waiting for it while it is under way. */
  once(request: string, work: () => Promise<ActionReply>): Promise<ActionReply>;
  /** True where this was done for an earlier try of the same playbook step. */
  isDone(item: string): boolean;
  noteDone(item: string): void;
}

const replies = { life: 10 * 60_000, most: 1000 };
const items = { life: 24 * 3_600_000, most: 10_000 };

/** An empty memory. `monotonic` is in milliseconds. */
export function createRetryMemory(monotonic: () => number = () => performance.now()): RetryMemory {
  const kept = createShelf<Promise<ActionReply>>(replies, monotonic);
  const done = createShelf<true>(items, monotonic);
  return {
    async once(request, work) {
      const key = digest(request);
      const earlier = kept.get(key);
      if (earlier !== undefined) return earlier;
      const reply = work();
      kept.put(key, reply);
      // What could not be begun is no reply.
      reply.catch(() => kept.drop(key));
      return reply;
    },
    isDone: (item) => done.get(digest(item)) !== undefined,
    noteDone: (item) => done.put(digest(item), true),
  };
}

interface Shelf<T> {
  get(key: string): T | undefined;
  put(key: string, value: T): void;
  drop(key: string): void;
}

/** Keeps values for a time, the latest so many of them. */
function createShelf<T>({ life, most }: { life: number; most: number }, monotonic: () => number): Shelf<T> {
  const entries = new Map<string, { value: T; at: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      return entry !== undefined && monotonic() - entry.at < life ? entry.value : undefined;
    },
    put(key, value) {
      entries.delete(key);
      entries.set(key, { value, at: monotonic() });
      for (const [oldest, { at }] of entries) {
        if (entries.size <= most && monotonic() - at < life) break;
        entries.delete(oldest);
      }
    },
    drop: (key) => void entries.delete(key),
  };
}

/** Nothing of a request can be read from it. */
function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
