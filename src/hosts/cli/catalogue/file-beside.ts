import { PpsError } from "../../../core/errors.ts";
import type { Talk } from "../output/talk.ts";
import { type SaveTerms, saveFile } from "./saved-file.ts";

/** A file that is written beside the result. */
export interface FileBeside {
  items(items: readonly unknown[]): void;
  /** Writes the file and says where; false, and a warning, when that failed. */
  write(summary: object): Promise<boolean>;
}

interface SaveOrder extends SaveTerms {
  target: string;
  bytes: Uint8Array;
  /** What it is, such as `report`. */
  what: string;
}

/** By now the work is done: a file that cannot be written must not make it look undone. */
export async function saveBeside({ target, bytes, what, ...terms }: SaveOrder, talk: Talk): Promise<boolean> {
  try {
    await saveFile(target, bytes, terms);
  } catch (error) {
    if (!(error instanceof PpsError)) throw error;
    await talk.warn(`warning: There is no ${what}: ${error.message}`);
    return false;
  }
  await talk.say(`${what.charAt(0).toUpperCase()}${what.slice(1)}: ${target}`);
  return true;
}
