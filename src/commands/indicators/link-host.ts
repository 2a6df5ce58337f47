/** The host of a link, lower case and as a browser would understand it; "" where there is none. */
export function hostOf(url: string): string {
  const found = /^[a-z][a-z0-9+.-]*:[\\/]{1,9}([^\\/?#]*)/i.exec(url);
  const authority = decoded(found?.[1] ?? "");
  return authority
    .slice(authority.lastIndexOf("@") + 1)
    .replace(/[\u3002\uff0e\uff61]/g, ".")
    .replace(/:\d*$/, "")
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "")
    .toLowerCase();
}

function decoded(authority: string): string {
  try {
    return decodeURIComponent(authority);
  } catch {
    // A % that encodes nothing stands for itself.
    return authority;
  }
}
