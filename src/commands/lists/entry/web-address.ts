/** The host of a web address, also of a defanged one (`hxxp://`, `meow://`); undefined for anything else. */
export function hostOfWebAddress(text: string): string | undefined {
  const match = /^[a-z][a-z0-9+.*-]*:\/\/([^/?#\\]*)/i.exec(text);
  if (match === null) return undefined;
  // What stands before the last @ is a user's name, and often there to deceive.
  const place = (match[1] as string).replace(/^.*@/, "");
  return place.replace(/:\d*$/, "").replace(/^\[(.*)\]$/, "$1");
}
