import type { Entry } from "./entry.ts";

/** More are read by nobody. */
const most = 10;

/** What has to be said of how entries were read, each sentence once. */
export function entryNotes(entries: readonly Entry[]): string[] {
  const notes: string[] = [];
  entries.forEach(({ note }) => {
    if (note !== undefined && notes.indexOf(note) < 0 && notes.length < most) notes.push(note);
  });
  return notes;
}
