/** Longer subjects are cut: nobody writes them, and a hostile one would only cost time. */
const longestSubject = 2_000;

/** What mail programs put before a subject that is answered or handed on, in the languages they speak. */
const answered =
  /^(?:re|aw|antw|antwort|sv|vs|vá|odp|ynt|rif|res|ref|bls|fwd?|wg|tr|rv|vb|vl|doorst|enc|i|ilt|pd|továbbítás|转发|答复|回复|轉寄|回覆|転送|返信)(?: ?[[(]\d{1,3}[\])]| ?\^\d{1,3})? ?[:\uff1a\ufe55\ua789]/i;

/** What gateways and mailing lists put before it: a short word or two in brackets. */
const tagged =
  /^(?:\[[^[\]]{1,40}\]|\{(?:spam|suspected|external|phish|disarmed|fraud)[^{}]{0,30}\}|\*{3,5} ?spam ?\*{3,5}|(?:external|suspected spam|caution|warnung|extern)(?: e?-?mail)? ?[:\uff1a])/i;

const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/**
 * What a subject says once the marks of answers (`Re:`, `AW:`, `转发：`), of handing on (`Fwd:`, `WG:`), of gateways
 * (`[EXTERNAL]`) and of mailing lists (`[team]`) are off, with its blanks collapsed. Case stays. A subject of nothing but
 * marks keeps its last one.
 */
export function subjectCore(subject: string): string {
  let core = subject.slice(0, longestSubject).replace(invisible, "").replace(/\s+/g, " ").trim();
  // Each round but the last shortens the text.
  for (;;) {
    const next = core.replace(answered, "").trim().replace(tagged, "").trim();
    if (next === core || next === "") return core;
    core = next;
  }
}
