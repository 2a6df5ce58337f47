import type { DatabaseSync } from "node:sqlite";
import { hostName } from "../host-name.ts";
import type { Arrival, MailFacts, Verdict } from "../mail.ts";
import type { FolderNumbers } from "./folder-numbers.ts";
import type { LocalGuids } from "./local-guids.ts";
import type { MessageTable } from "./message-table.ts";
import { inTransaction, withoutIndexes } from "./schema.ts";
import type { SyntheticMessage } from "./store.ts";
import { traceKeys } from "./trace-keys.ts";

/** How messages enter the store. */
export interface Intake {
  /** Returns the number of the new row. */
  hold(arrival: Arrival, facts: MailFacts, verdict: Verdict): number;
  holdSynthetic(messages: Iterable<SyntheticMessage>): number;
  /** For a held message this comes after `hold`, and the two share a row. */
  trace(arrival: Arrival, facts: MailFacts, verdict: Verdict): void;
}

/** From so many messages on, building the indexes afterwards is quicker than keeping them. */
const bulkFrom = 50_000;

/** The way in, over the tables of a database. */
export function createIntake(
  database: DatabaseSync,
  table: MessageTable,
  folders: FolderNumbers,
  localGuids: LocalGuids,
): Intake {
  const addRaw = database.prepare("INSERT INTO raw (message, bytes) VALUES (?, ?)");
  const findUntraced = database.prepare(
    "SELECT id FROM message WHERE guid = ? AND traced = 0 AND folder <> 0 AND received_at = ? ORDER BY id DESC LIMIT 1",
  );
  const setTrace = database.prepare("UPDATE message SET traced = 1, trace = ? WHERE id = ?");

  return {
    hold(arrival, facts, verdict) {
      if (verdict.folder === undefined) throw new Error("A message can only be held in a folder.");
      const folder = folders.of(verdict.folder);
      return wholly(() => {
        const id = add(arrival, facts, verdict, folder);
        addRaw.run(id, arrival.raw);
        return id;
      });
    },
    holdSynthetic(messages) {
      const iterator = messages[Symbol.iterator]();
      const head: SyntheticMessage[] = [];
      for (const message of remaining(iterator)) if (head.push(message) === bulkFrom) break;
      const load = () => wholly(() => addSynthetic(head) + addSynthetic(remaining(iterator)));
      return head.length < bulkFrom ? load() : withoutIndexes(database, load);
    },
    trace(arrival, facts, verdict) {
      const keys = JSON.stringify(traceKeys(arrival, facts, verdict));
      const held = findUntraced.get(arrival.guid, seconds(arrival.receivedAt))?.id as number | undefined;
      if (held === undefined) wholly(() => add(arrival, facts, verdict, 0, keys));
      else setTrace.run(keys, held);
    },
  };

  /** All or nothing, also in memory. */
  function wholly<T>(work: () => T): T {
    try {
      return inTransaction(database, work);
    } catch (error) {
      table.forget();
      throw error;
    }
  }

  function add(arrival: Arrival, facts: MailFacts, verdict: Verdict, folder: number, trace?: string): number {
    const { guid, qid, sid, peer, envelope } = arrival;
    const host = peer.host === "" ? `[${peer.ip}]` : peer.host;
    return table.add(
      {
        guid,
        folder,
        isTraced: trace !== undefined,
        receivedAt: seconds(arrival.receivedAt),
        subject: facts.subject,
        messageId: facts.messageId,
        from: envelope.from,
        rcpts: [...new Set(envelope.to)],
        sizeBytes: facts.sizeBytes,
        spamScore: verdict.spamScore,
        hostIp: `${host} [${peer.ip}]`,
        processingServer: hostName,
        dlp: verdict.dlp.length === 0 ? "" : JSON.stringify(verdict.dlp),
        arrival: JSON.stringify({ qid, sid, peer }),
        trace,
      },
      (id) => (folder === 0 ? undefined : localGuids.first({ id, folder, guid })),
    );
  }

  function addSynthetic(messages: Iterable<SyntheticMessage>): number {
    let added = 0;
    for (const message of messages) {
      const folder = folders.of(message.folder);
      const place = (id: number) => localGuids.first({ id, folder, guid: message.guid });
      table.add({ ...message, folder, isTraced: true }, place);
      added++;
    }
    return added;
  }
}

/** The rest of an iterator that was begun; unlike iterating it directly, stopping early does not close it. */
function* remaining<T>(iterator: Iterator<T>): Generator<T> {
  for (let item = iterator.next(); !item.done; item = iterator.next()) yield item.value;
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
