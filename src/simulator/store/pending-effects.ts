import type { DatabaseSync } from "node:sqlite";

/** An action that was accepted, with all it needs to take place later, also after a restart. */
export interface Effect {
  action: "release" | "forward" | "resubmit" | "move" | "delete";
  localGuid: string;
  folder: string;
  requestId: string;
  username: string;
  /** `targetfolder` or `deletedfolder`, in the server's spelling. */
  targetFolder?: string;
  /** Release: have the virus and DLP rules look again. */
  scan?: boolean;
  forward?: ForwardOrder;
}

/** The wishes of a forward. */
export interface ForwardOrder {
  to: string[];
  subject?: string;
  appendOldSubject: boolean;
  comment?: string;
  envelopeFrom?: string;
  headerFrom?: string;
}

/** An effect that waits. `due` is in milliseconds since 1970. */
export interface PendingEffect {
  id: number;
  due: number;
  effect: Effect;
}

/** The waiting effects in order of time. */
export interface PendingEffects {
  schedule(due: number, effect: Effect): void;
  due(now: number): PendingEffect[];
  next(): number | undefined;
  forget(id: number): void;
}

/** The effects that the gateway has accepted and not yet carried out. */
export function createPendingEffects(database: DatabaseSync): PendingEffects {
  const insert = database.prepare("INSERT INTO pending (due, effect) VALUES (?, ?)");
  const due = database.prepare("SELECT id, due, effect FROM pending WHERE due <= ? ORDER BY due, id");
  const next = database.prepare("SELECT min(due) AS due FROM pending");
  const forget = database.prepare("DELETE FROM pending WHERE id = ?");
  return {
    schedule: (time, effect) => void insert.run(time, JSON.stringify(effect)),
    due: (now) =>
      due.all(now).map((row) => ({
        id: row.id as number,
        due: row.due as number,
        effect: JSON.parse(row.effect as string) as Effect,
      })),
    next: () => (next.get()?.due as number | null) ?? undefined,
    forget: (id) => void forget.run(id),
  };
}
