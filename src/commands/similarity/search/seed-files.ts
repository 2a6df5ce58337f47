import { eachOnce, isAmong } from "../../each-once.ts";
import type { MailIndicators } from "../../indicators/mail-indicators.ts";
import type { Sighting } from "../sightings.ts";
import { plainFileWords } from "../traits/plain-words.ts";
import { shapeSubject } from "../traits/subject-shape.ts";
import { isPicture } from "../traits/traits.ts";
import type { Term } from "./search-terms.ts";

/** Names asked for in one call. */
const mostNames = 10;

/** What files of the seeds are looked for by, in the trace. */
export interface SeedFiles {
  searched: string[];
  unsearched: string[];
}

/** The names of the files the seeds carry. */
export function filesOfSeeds(seeds: readonly MailIndicators[]): SeedFiles {
  const files: SeedFiles = { searched: [], unsearched: [] };
  seeds.forEach((seed) => {
    const { telling, everyday, unsearched } = sortNames(seed);
    files.searched = files.searched.concat(telling, everyday);
    files.unsearched = files.unsearched.concat(unsearched);
  });
  return { searched: eachOnce(files.searched), unsearched: eachOnce(files.unsearched) };
}

/** The searches for the files of a seed: what programs and everybody call their files is looked for on its day alone. */
export function fileTerms(seed: MailIndicators): { telling?: Term; everyday?: Term } {
  const { telling, everyday } = sortNames(seed);
  const terms: { telling?: Term; everyday?: Term } = {};
  if (telling.length > 0) terms.telling = termOf(telling);
  if (everyday.length > 0) terms.everyday = { ...termOf(everyday), near: new Date(seed.date).getTime() };
  return terms;
}

/** Whether a message carries a file of such a name: what is in it then decides, whatever else the message shows. */
export function sharesFileName({ attachmentNames }: Sighting, { searched }: SeedFiles): boolean {
  return attachmentNames.some((name) => isAmong(name, searched));
}

function termOf(names: string[]): Term {
  return { key: `file ${names.join("|")}`, trace: { attachment: names } };
}

interface SortedNames {
  telling: string[];
  everyday: string[];
  unsearched: string[];
}

function sortNames({ attachments }: MailIndicators): SortedNames {
  const sorted: SortedNames = { telling: [], everyday: [], unsearched: [] };
  eachOnce(attachments.map(({ name }) => name)).forEach((name) => {
    const { telling, everyday, unsearched } = sorted;
    // PPS takes a comma for the end of a name (pps-api.md 5).
    const chosen =
      name.indexOf(",") >= 0 ? unsearched : isTelling(name) ? telling : isPicture(name) ? unsearched : everyday;
    if (name !== "") (chosen.length < mostNames ? chosen : unsearched).push(name);
  });
  return sorted;
}

function isTelling(name: string): boolean {
  const stem = name.replace(/\.[^.]*$/, "").replace(/_/g, " ");
  return shapeSubject(stem).words.some((word) => !plainFileWords[`_${word}`]);
}
