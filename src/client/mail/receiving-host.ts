/**
 * The host that a Received header says wrote it (RFC 5321, 4.4: `by`), in lower case; "" where it says none, or several: the
 * name by which a sender greets stands in it too.
 */
export function readReceivingHost(received: string): string {
  const hosts = [...withoutComments(received).matchAll(/(?:^|\s)by\s+([^\s;]+)/gi)];
  return hosts.length === 1 ? (hosts[0]?.[1] ?? "").toLowerCase() : "";
}

function withoutComments(header: string): string {
  let text = "";
  let depth = 0;
  for (let at = 0; at < header.length; at++) {
    const character = header.charAt(at);
    if (character === "\\") at++;
    else if (character === "(") depth++;
    else if (character === ")") depth = Math.max(0, depth - 1);
    else if (depth === 0) text += character;
  }
  return text;
}
