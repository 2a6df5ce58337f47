import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Mailboxes, MailboxMessage } from "./mailboxes.ts";

type Slip = Omit<MailboxMessage, "raw">;

/**
 * Mailboxes as Maildir folders below `directory`, one for every address; any mail reader that knows the format can open them.
 * The bytes are the message as it left; the envelope lies beside it in `slips/`, where Maildir readers do not look.
 */
export function createMaildirMailboxes(directory: string, now: () => number): Mailboxes {
  mkdirSync(directory, { recursive: true });
  return {
    async deliver({ guid, envelope, raw, cause }) {
      const slip: Slip = { guid, cause, at: new Date(now()).toISOString(), envelope };
      for (const address of new Set(envelope.to.map((recipient) => recipient.toLowerCase()))) {
        const box = openBox(directory, address);
        const name = newName();
        await writeFile(join(box, "slips", `${name}.json`), JSON.stringify(slip));
        await writeFile(join(box, "tmp", name), raw);
        await rename(join(box, "tmp", name), join(box, "new", name));
      }
      return envelope.to;
    },
    addresses: () =>
      readdirSync(directory)
        .sort()
        .map((box) => ({ address: decodeURIComponent(box), messages: namesIn(join(directory, box)).length })),
    read(address) {
      const box = join(directory, boxName(address));
      return namesIn(box).map(({ folder, file, name }) => {
        const slip = JSON.parse(readFileSync(join(box, "slips", `${name}.json`), "utf8")) as Slip;
        return { ...slip, raw: readFileSync(join(box, folder, file)) };
      });
    },
    clear() {
      for (const box of readdirSync(directory)) rmSync(join(directory, box), { recursive: true });
    },
  };
}

// Of the whole process: mailboxes that are opened again within a millisecond must not begin anew.
let delivered = 0;

// Maildir names must never repeat, and sorting them must give the order of arrival: time, process and a counter do both.
const newName = () => `${Date.now()}.${process.pid}_${String(++delivered).padStart(9, "0")}.gateway`;

// An address may hold "/" and begin with a dot; a folder name may not.
const boxName = (address: string) => encodeURIComponent(address.toLowerCase()).replace(/^\./, "%2E");

function openBox(directory: string, address: string): string {
  const box = join(directory, boxName(address));
  for (const folder of ["tmp", "new", "cur", "slips"]) mkdirSync(join(box, folder), { recursive: true });
  return box;
}

// A reader moves a message from new to cur and appends its flags after a colon.
function namesIn(box: string): { folder: string; file: string; name: string }[] {
  return ["new", "cur"]
    .flatMap((folder) => list(join(box, folder)).map((file) => ({ folder, file, name: file.replace(/:2,.*$/, "") })))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
