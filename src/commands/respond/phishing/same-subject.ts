import { subjectCore } from "../../indicators/subject.ts";
import { foldText } from "../../similarity/traits/folded-text.ts";
import { fillerWords, mailWords, tableOf } from "../../similarity/traits/plain-words.ts";

/** From this length on a subject may have been cut within a word. */
const leastCut = 60;

/** What gateways put round a subject. */
const markWords = tableOf(
  "achtung attention caution e email ext extern external externe externer externes gateway junk mail message nachricht " +
    "outside phish phishing possible possibly potential potentially sender spam suspect suspected suspicious verdacht " +
    "verdachtig verified unverified untrusted warning warnung",
);

/**
 * Whether a recorded subject is that of a file: the trace may cut it, and gateways put marks before it or behind it, which
 * the record has or has not.
 */
export function areSubjectsSame(one: string, other: string): boolean {
  const subjects = [one, other].map(wordsOf).sort((first, second) => first.length - second.length);
  const [shorter = "", longer = ""] = subjects;
  if (shorter === longer) return true;
  if (shorter === "") return false;
  if (shorter.length > leastCut && longer.slice(0, shorter.length) === shorter) return true;
  const [atEnd, atStart] = [` ${longer}`.slice(-shorter.length - 1), `${longer} `.slice(0, shorter.length + 1)];
  const isWithin = atEnd === ` ${shorter}` || atStart === `${shorter} `;
  if (!isWithin) return false;
  const rest = atEnd === ` ${shorter}` ? longer.slice(0, -shorter.length) : longer.slice(shorter.length);
  const isMark = rest.split(" ").every((word) => word === "" || markWords[`_${word}`] === true);
  return isMark || shorter.split(" ").some(isTelling);
}

/** Folded, each word behind one blank; signs are none. */
function wordsOf(subject: string): string {
  return foldText(subjectCore(subject).replace(/\.{3}$|\u2026$/, ""))
    .replace(
      /[^\w\u0080-\uffff]+|_+|[\u2000-\u206f\u2190-\u2bff\u3000-\u303f]+|\ud83c[\udc00-\udfff]|[\ud83d-\ud83e][\udc00-\udfff]/g,
      " ",
    )
    .replace(/ +/g, " ")
    .trim();
}

function isTelling(word: string): boolean {
  const isPlain = fillerWords[`_${word}`] === true || mailWords[`_${word}`] === true || markWords[`_${word}`] === true;
  return word.length > 2 && !/^\d+$/.test(word) && !isPlain;
}
