/** Most characters PPS takes in a comment (pps-api.md 7). */
export const longestComment = 150;

/** What an entry's comment says: for people, and in the mark behind it which list file keeps the entry and since when. */
export interface MarkedComment {
  text: string;
  /** The label of the list file that keeps the entry; absent for one that was added by itself. */
  managedBy?: string;
  /** The day it was added, `YYYY-MM-DD`. */
  date?: string;
}

const mark = /\s*\[pps(?: ([a-z0-9-]{1,20}))? (\d{4}-\d\d-\d\d)\]\s*$/;

/** Takes a comment apart. Only the mark at its very end counts. */
export function readComment(comment: string): MarkedComment {
  const found = mark.exec(comment);
  if (found === null) return { text: comment };
  return {
    text: comment.slice(0, found.index),
    ...(found[1] === undefined ? {} : { managedBy: found[1] }),
    ...(found[2] === undefined ? {} : { date: found[2] }),
  };
}

/** The comment with its mark. A managed entry's text is cut to make room for the mark; otherwise the text comes first. */
export function writeComment({ text, managedBy, date }: MarkedComment): string {
  if (date === undefined) return text.slice(0, longestComment);
  const written = managedBy === undefined ? `[pps ${date}]` : `[pps ${managedBy} ${date}]`;
  const room = longestComment - written.length - 1;
  if (text === "") return written;
  if (text.length <= room) return `${text} ${written}`;
  if (managedBy === undefined) return text.slice(0, longestComment);
  return `${text.slice(0, room - 3).replace(/[\ud800-\udbff]$/, "")}... ${written}`;
}

/** The day of an instant in UTC, `YYYY-MM-DD`. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
