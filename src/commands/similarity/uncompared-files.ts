import { cleanLine } from "../answers.ts";
import { fewNames } from "../few-names.ts";
import { sharesFileName } from "./search/seed-files.ts";
import type { CampaignSearch } from "./search/term-search.ts";

/** Tells of files that were not looked for, and of messages below `least` whose file of the same name nobody compared. */
export function noteFiles({ sightings, files }: CampaignSearch, least: number): string[] {
  const notes: string[] = [];
  if (files.unsearched.length > 0) {
    notes.push(`Not looked for by name, which says too little or holds a comma: ${namesOf(files.unsearched)}.`);
  }
  const names = namesOf(files.searched);
  let beyond = 0;
  let unopened = 0;
  sightings.all.forEach((sighting) => {
    if (sighting.likeness.score >= least || !sharesFileName(sighting, files)) return;
    if (sighting.indicators !== undefined) return;
    const isHeld = sighting.copies.length > 0 || sighting.currentFolder !== "";
    if (isHeld && !sighting.isOpened) unopened++;
    else beyond++;
  });
  if (beyond > 0) {
    notes.push(
      `${carry(beyond)} a file named as reported (${names}) that could not be compared, as only held mail can be opened; a search of the trace for the name lists ${beyond === 1 ? "it" : "them"}.`,
    );
  }
  if (unopened > 0) {
    notes.push(
      `${carry(unopened)} a file named as reported (${names}), and ${unopened === 1 ? "is" : "are"} held and not opened; let more be inspected to compare it.`,
    );
  }
  return notes;
}

function carry(count: number): string {
  return count === 1 ? "1 message not listed carries" : `${count} messages not listed carry`;
}

function namesOf(names: readonly string[]): string {
  return fewNames(names.map(cleanLine));
}
