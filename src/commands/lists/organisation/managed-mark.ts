/** Most characters PPS takes in a comment (pps-api.md 7). */
export const longestComment = 150;

/** What an entry's comment says: for people, and in the mark behind it which list file keeps the entry and since when. */
export interface MarkedComment {
  text: string;
  /** The label of the list file or feed that keeps the entry; absent for one that was added by itself. */
  managedBy?: string;
  /** The day it was added, `YYYY-MM-DD`. */
  date?: string;
  /** Of a feed's entry, the day from which it goes when the feed has lost it, `YYYY-MM-DD`. */
  until?: string;
}

const mark = /\[pps(?: ([a-z0-9-]{1,20}))? (\d{4}-\d\d-\d\d)(?: until (\d{4}-\d\d-\d\d))?\]\s*$/;

/** Takes a comment apart. Only the mark at its very end counts. */
export function readComment(comment: string): MarkedComment {
  const found = mark.exec(comment);
  if (found === null) return { text: comment };
  return {
    text: withoutBlanksBehind(comment.slice(0, found.index)),
    // An old engine gives an empty text for a group that took no part.
    ...(found[1] ? { managedBy: found[1] } : {}),
    ...(found[2] ? { date: found[2] } : {}),
    ...(found[3] ? { until: found[3] } : {}),
  };
}

/** The comment with its mark. A managed entry's text is cut to make room for the mark; otherwise the text comes first. */
export function writeComment({ text, managedBy, date, until }: MarkedComment): string {
  if (date === undefined) return withoutMark(text);
  const words = ["pps"].concat(managedBy ?? [], date, until === undefined ? [] : ["until", until]);
  const written = `[${words.join(" ")}]`;
  const room = longestComment - written.length - 1;
  if (text === "") return written;
  if (text.length <= room) return `${text} ${written}`;
  if (managedBy === undefined) return withoutMark(text);
  return `${cut(text, room)} ${written}`;
}

/** A text of somebody else's that ends as a mark does must not make its entry a list file's, which may remove it. */
function withoutMark(text: string): string {
  const fitting = text.slice(0, longestComment);
  return readComment(fitting).date === undefined ? fitting : cut(fitting, longestComment);
}

/** So many characters at most, of which the last say that more was there. */
function cut(text: string, length: number): string {
  return `${text.slice(0, length - 3).replace(/[\ud800-\udbff]$/, "")}...`;
}

/** By a loop: a pattern takes quadratic time for a long run of blanks. */
function withoutBlanksBehind(text: string): string {
  let end = text.length;
  while (end > 0 && /\s/.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** The day of an instant in UTC, `YYYY-MM-DD`. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
