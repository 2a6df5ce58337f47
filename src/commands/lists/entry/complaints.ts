const most = 5;

/** Sentences as one text: the first five, and how many more there are. */
export function listComplaints(complaints: readonly string[]): string {
  const shown = complaints.slice(0, most).join(" ");
  const more = complaints.length - most;
  return more > 0 ? `${shown} There ${more === 1 ? "is" : "are"} ${more} more of these.` : shown;
}
