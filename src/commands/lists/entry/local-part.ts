/** Signs that stand before an @ only in quotes (RFC 5321); dots at odd places are met in real addresses and are taken. */
const onlyInQuotes = /[\s"(),:;<>@[\]\\]/;

/** True for a local part, quoted or not; letters beyond ASCII are taken (RFC 6531). */
export function isLocalPart(local: string): boolean {
  return local !== "" && (!onlyInQuotes.test(local) || /^"(?:[^"\\]|\\.)+"$/.test(local));
}

/** A local part without needless quotes and backslashes, so that one address has one spelling. */
export function plainLocalPart(local: string): string {
  if (!/^"(?:[^"\\]|\\.)+"$/.test(local)) return local;
  const content = local.slice(1, -1).replace(/\\(.)/g, "$1");
  const isPlain = !onlyInQuotes.test(content) && !/^\.|\.$|\.\./.test(content) && content.indexOf("*") < 0;
  return isPlain ? content : `"${content.replace(/(["\\])/g, "\\$1")}"`;
}
