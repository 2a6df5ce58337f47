const most = 5;

/** Sentences as one text: the first five, and how many more there are. */
export function listComplaints(complaints: readonly string[]): string {
  const more = complaints.length - most;
  const shown = complaints.slice(0, most).join(" ");
  return more > 0 ? `${shown} ${more} more ${more === 1 ? "is" : "are"} refused likewise.` : shown;
}
