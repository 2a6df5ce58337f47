import type { Quirks } from "../quirks.ts";
import type { Random } from "../random.ts";

/** What an id is made for: a row that enters a folder. */
export interface Placement {
  /** The row's number. */
  id: number;
  /** The folder's number. */
  folder: number;
  guid: string;
}

/** The ids by which messages are acted upon. */
export interface LocalGuids {
  /** The id in the first folder; undefined when the guid itself serves. */
  first(placement: Placement): string | undefined;
  /** The id after a move; undefined when the guid itself serves. */
  moved(placement: Placement, before: string | undefined): string | undefined;
}

/** Makes ids for actions in the form the quirks ask for (pps-api.md 2.4 and 11). None holds a comma: it separates ids. */
export function createLocalGuids(quirks: Quirks, random: Random): LocalGuids {
  const first = ({ id, folder }: Placement) => {
    switch (quirks.localguid) {
      case "three-part":
        return `${folder}:${folder}:${id}`;
      case "guid":
        return undefined;
      case "opaque":
        return `q/${folder.toString(36)}: ${id.toString(36)}=${random.guid().slice(0, 8)}/`;
    }
  };
  return {
    first,
    moved: (placement, before) => {
      if (quirks["localguid-after-move"] === "same") return before;
      return first(placement) ?? random.guid();
    },
  };
}
