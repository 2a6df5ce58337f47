import { askApproval, waiverName } from "./approval.ts";
import { findHeld, foundIn } from "./find-held.ts";
import { inputOf, type Task } from "./playbook.ts";

interface Clearing {
  /** How its tasks call the place, behind "in" and "from". */
  place: string;
  /** Input that names the folder. */
  folderInput: string;
  /** Where it leads whatever was found, done or denied. */
  next: string;
  /** Where a search that fails leads; without it a failure ends the playbook. */
  failed?: string;
  at: Task["at"];
}

/** What the first of the tasks is called. */
export function clearingName(place: string): string {
  return `Find copies in ${place}`;
}

/** What the task that deletes is called. */
export function removalName(place: string): string {
  return `Delete the messages from ${place}`;
}

/** Tasks that search one folder and, once a person has agreed, delete exactly what was found there; five rows. */
export function clearFolder({ place, folderInput, next, failed, at: [column, row] }: Clearing): Task[] {
  const found = foundIn(folderInput);
  const decide = `Is a copy in ${place}?`;
  const search = { name: clearingName(place), next: decide, folderInput, at: [column + 0.5, row] as const };
  const purpose = `delete from ${place}`;
  return [
    findHeld(failed === undefined ? search : { ...search, failed }),
    {
      name: decide,
      description: "Checks whether the search found any message.",
      work: { kind: "decision", tests: [{ left: found, operator: "isNotEmpty" }] },
      next: { yes: waiverName(purpose), "#default#": next },
      at: [column + 0.5, row + 1],
    },
    ...askApproval({
      to: purpose,
      question: `Should the messages found in ${place} be deleted?`,
      description: "Asks an analyst to look at the messages found in this folder: a yes deletes exactly these.",
      granted: removalName(place),
      denied: next,
      at: [column, row + 2],
    }),
    {
      name: removalName(place),
      description: "Moves the messages found, each by its local GUID, to the folder for deleted mail.",
      work: {
        kind: "command",
        command: "proofpoint-pps-delete-message",
        arguments: {
          folder_name: inputOf(folderInput),
          local_guid: found,
          deleted_folder: inputOf("DeletedFolder"),
        },
        isOptional: true,
      },
      // What could not be deleted is told by the summary; the rest goes on all the same.
      next: { "#none#": next, "#error#": next },
      at: [column, row + 4],
    },
  ];
}
