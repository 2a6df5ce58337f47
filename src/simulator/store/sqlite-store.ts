import type { Clock } from "../clock.ts";
import type { Folders } from "../folders.ts";
import type { Quirks } from "../quirks.ts";
import type { Random } from "../random.ts";
import { createOrganisationLists } from "../threat-protection/organisation-lists.ts";
import { createUsers } from "../users/users.ts";
import { createFolderNumbers } from "./folder-numbers.ts";
import { createIntake } from "./intake.ts";
import { createJournal } from "./journal.ts";
import { createLocalGuids } from "./local-guids.ts";
import { createMessageTable } from "./message-table.ts";
import { createPendingEffects } from "./pending-effects.ts";
import { createRetrieval } from "./retrieval.ts";
import { countRun, emptyDatabase, inTransaction, openDatabase } from "./schema.ts";
import { createSearchEngine } from "./search.ts";
import type { HeldMessage, Store } from "./store.ts";
import { createTextTables } from "./text-tables.ts";
import { createTraceSearch } from "./trace-search.ts";

/** Milliseconds of the gateway's time until the filter knows of a change to the organisation's lists. */
const listDelays = { none: 0, "5-minutes": 300_000 } as const;

/** What a store works with. */
export interface StoreParts {
  /** A file that survives restarts; in memory without one. */
  file?: string;
  folders: Folders;
  quirks: Quirks;
  clock: Clock;
  random: Random;
  /** Makes the raw mail of a message that the generator made up. */
  composeSynthetic: (message: HeldMessage) => Buffer;
}

/** Opens the store. Throws when the file cannot be opened or was written by another version. */
export function createStore({ file, folders, quirks, clock, random, composeSynthetic }: StoreParts): Store {
  const database = openDatabase(file);
  const earlierRuns = countRun(database);
  const table = createMessageTable(database, createTextTables(database));
  const numbers = createFolderNumbers(database, folders);
  const localGuids = createLocalGuids(quirks, random.fork(`store/${earlierRuns}`));
  const intake = createIntake(database, table, numbers, localGuids);
  const engine = createSearchEngine(database);
  const retrieval = createRetrieval(database, engine, table, numbers, composeSynthetic);
  const journal = createJournal(database, clock);
  const pending = createPendingEffects(database);
  const setStatuses = database.prepare("UPDATE message SET statuses = ? WHERE id = ?");
  const removeRaw = database.prepare("DELETE FROM raw WHERE message = ?");
  const countHeld = database.prepare("SELECT folder, count(*) AS held FROM message WHERE folder <> 0 GROUP BY folder");
  const countTraced = database.prepare("SELECT count(*) AS traced FROM message WHERE traced = 1");

  return {
    earlierRuns,
    hold: (arrival, facts, verdict) => retrieval.message(intake.hold(arrival, facts, verdict)),
    holdSynthetic: intake.holdSynthetic,
    trace: intake.trace,

    search: retrieval.search,
    count: retrieval.count,
    findByLocalGuid: retrieval.findByLocalGuid,
    findByGuid: retrieval.findByGuid,
    searchTrace: createTraceSearch(engine, table, numbers),
    raw: retrieval.raw,
    arrivalOf: retrieval.arrivalOf,

    move({ id, guid }, folder) {
      const number = numbers.of(folder);
      const localGuid = localGuids.moved({ id, folder: number, guid }, table.origin(id).localGuid);
      table.place(id, number, localGuid);
      return retrieval.message(id);
    },
    remove({ id }) {
      inTransaction(database, () => {
        table.place(id, 0, undefined);
        removeRaw.run(id);
      });
    },
    addStatus({ id }, status) {
      setStatuses.run(JSON.stringify([...retrieval.message(id).statuses, status]), id);
    },

    schedule: pending.schedule,
    dueEffects: pending.due,
    nextDue: pending.next,
    forgetEffect: pending.forget,

    organisationLists: createOrganisationLists(database, clock, listDelays[quirks["cloud-list-delay"]]),
    users: createUsers(database),

    note: journal.note,
    journal: (afterSequence = 0) => journal.after(afterSequence),
    stats: () => ({
      held: Object.fromEntries(
        countHeld.all().map((row) => [numbers.nameOf(row.folder as number), row.held as number]),
      ),
      traced: countTraced.get()?.traced as number,
      journalled: journal.size(),
    }),
    reset() {
      emptyDatabase(database);
      table.forget();
    },
    close: () => database.close(),
  };
}
