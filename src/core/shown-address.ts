/**
 * An address of the web as it may be shown: without its user name, query and fragment, each of which may hold a key. The
 * mark stands where something was taken out. Takes any text, since what is no address may hold a key too.
 */
export function withoutKeys(text: string, mark = ""): string {
  const [account, query] = mark === "" ? ["", ""] : [`${mark}@`, `?${mark}`];
  return (
    text
      .replace(/[?#][\s\S]*$/, query)
      // Readers of addresses take one slash, none and the other kind for two.
      .replace(/^([^:\\/?#@]*:[\\/]*|[\\/]{2,})[^\\/?#]*@/, `$1${account}`)
  );
}
