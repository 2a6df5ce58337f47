/**
 * An address, a link or text with them as it may be shown and passed on without being clicked on: `hxxps://evil[.]example`,
 * `ann[@]evil[.]example`. What is defanged already stays. Entries of lists are read from it as they were before.
 */
export function defang(text: string): string {
  // A quoted local part is read as it stands, whatever it holds.
  const quoted = /^\s*"(?:[^"\\]|\\.)*"/.exec(text)?.[0] ?? "";
  return (
    quoted +
    text
      .slice(quoted.length)
      .replace(/\bhttp(s?):/gi, "hxxp$1:")
      .replace(/\[([.\u3002\uff0e\uff61@\uff20])\]/g, "$1")
      // The full stop of a sentence leads nowhere.
      .replace(/[.\u3002\uff0e\uff61@\uff20]/g, (sign, at: number, whole: string) =>
        sign === "." && /^\s?$/.test(whole.charAt(at + 1)) ? sign : `[${sign}]`,
      )
  );
}
