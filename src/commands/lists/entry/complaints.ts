const most = 5;

/** A complaint about what stands at a place, such as `line 7`; "" for what was given by itself. */
export function complaintAt(place: string, complaint: string): string {
  return place === "" ? complaint : `${place}: ${complaint}`;
}

/** Sentences as one text: the first five, and how many more there are. */
export function listComplaints(complaints: readonly string[]): string {
  const shown = complaints.slice(0, most).join(" ");
  const more = complaints.length - most;
  return more > 0 ? `${shown} There ${more === 1 ? "is" : "are"} ${more} more of these.` : shown;
}
