/** Takes away what mail programs, web pages and cautious people put round and into an entry. */
export function unwrap(given: string): string {
  let text = given;
  // Each round but the last shortens the text.
  for (;;) {
    const next = takeOff(refang(text));
    if (next === text) return text;
    text = next;
  }
}

const invisible = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** Undoes what keeps a hostile name from being clicked on, except in a quoted local part, where all may be meant. */
function refang(text: string): string {
  const quoted = /^\s*"(?:[^"\\]|\\.)*"/.exec(text)?.[0] ?? "";
  const plain = text
    .slice(quoted.length)
    .replace(invisible, "")
    .replace(/\s+/g, " ")
    .replace(/ ?[[({] ?(?:[.\u3002\uff0e\uff61]|dot) ?[\])}] ?/gi, ".")
    .replace(/ ?[[({] ?(?:[@\uff20]|at) ?[\])}] ?/gi, "@")
    .replace(/[[({] ?(:\/\/|:|\/\/?) ?[\])}]/g, "$1");
  return quoted + narrow(plain);
}

/** Full-width signs and ideographic dots of a domain as ASCII has them; a local part may mean them as they are. */
function narrow(plain: string): string {
  const text = plain.indexOf("@") < 0 ? plain.replace("\uff20", "@") : plain;
  const domain = text.lastIndexOf("@") + 1;
  const narrowed = text
    .slice(domain)
    .replace(/[\u3002\uff61]/g, ".")
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  return text.slice(0, domain) + narrowed;
}

/** One layer of what stands round it. */
function takeOff(text: string): string {
  return (
    withoutMailto(text)
      .replace(/^[\s,;]+|[\s.,;]+$/g, "")
      .replace(/^(?:"([\s\S]*)"|'([\s\S]*)'|`([\s\S]*)`)$/, "$1$2$3")
      .replace(/^[\u201c\u201e\u2018\u201a\u00ab]([\s\S]*)[\u201d\u201c\u2019\u2018\u00bb]$/, "$1")
      // A display name counts for nothing: anybody may write anything there.
      .replace(/^[^<>]*<([^<>]*[^<>\s][^<>]*)>$/, "$1")
      .replace(/^\[(?:ipv6:)?([^[\]]*)\](\/\d+)?$/i, "$1$2")
      .replace(/^\(([^()]*)\)$/, "$1")
  );
}

function withoutMailto(text: string): string {
  if (!/^\s*mailto:/i.test(text)) return text;
  const address = text.replace(/^\s*mailto:/i, "").replace(/\?[\s\S]*$/, "");
  try {
    return decodeURIComponent(address);
  } catch {
    // A % that encodes nothing stands for itself.
    return address;
  }
}
