import type { Clock } from "../clock.ts";
import type { Folders } from "../folders.ts";
import { createRandom, type Random } from "../random.ts";
import type { Store } from "../store/store.ts";
import type { Shape } from "./arrival-times.ts";
import { readMoment } from "./moment.ts";
import { syntheticMessages } from "./synthetic-messages.ts";

/** What to fill a folder with. */
export interface GenerateRequest {
  count: number;
  /** @default Quarantine */
  folder?: string;
  /** Earliest arrival: `24h`, `7d`, a date, or ISO 8601 with a zone. @default 24h */
  from?: string;
  /** Latest arrival, written likewise. @default now */
  to?: string;
  /** Evenly spread, or in short waves of two minutes. @default uniform */
  shape?: Shape;
  /** The same seed and range give the same messages, ids included. @default other ones each time */
  seed?: string | number;
}

/** What was made up. */
export interface Generated {
  held: number;
  folder: string;
  /** ISO 8601. */
  from: string;
  to: string;
}

const most = 5_000_000;

/**
 * Holds made-up messages; their raw mail is composed only when somebody asks for it. The gateway does
 * nothing else meanwhile, about 15 seconds for a million. Throws an Error of one sentence when the request makes no sense.
 */
export function createGenerator(store: Store, folders: Folders, clock: Clock, ids: Random) {
  return (request: GenerateRequest): Generated => {
    const { count, shape = "uniform", seed = ids.guid() } = request;
    const now = Math.floor(clock.now() / 1000);
    const from = readMoment(request.from ?? "24h", now);
    const to = readMoment(request.to ?? "now", now);
    const folder = folders.find(request.folder ?? "Quarantine");
    if (!Number.isInteger(count) || count < 1 || count > most) throw new Error(`The count is 1 to ${most}.`);
    if (shape !== "uniform" && shape !== "burst") throw new Error("The shape is uniform or burst.");
    if (!folder) throw new Error(`There is no folder "${request.folder}".`);
    if (from > to) throw new Error("The range ends before it begins.");
    const random = createRandom(`generate/${seed}/${folder.name}`);
    const messages = syntheticMessages(
      { count, from, to, shape, folder: folder.name, moduleType: folder.moduleType },
      random,
    );
    // One call, however many: the store lays its indexes aside for a bulk load.
    const held = store.holdSynthetic(messages);
    return { held, folder: folder.name, from: iso(from), to: iso(to) };
  };
}

const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
