import type { Intel } from "../intel/intel.ts";
import type { Findings } from "./findings/findings.ts";
import type { Matcher } from "./findings/matcher.ts";
import type { Journal } from "./journal.ts";

/** What is hunted, where, and what it comes to. Times in milliseconds since 1970. */
export interface HuntOrder {
  intel: readonly Intel[];
  matches: Matcher;
  since: number;
  until: number | undefined;
  now: number;
  /** In the site's own spelling. */
  folders: readonly string[];
  /** True where somebody named the folders: then no others are looked into, and one that is refused is missed. */
  areFoldersNamed: boolean;
  /** Most messages; Infinity for all. */
  limit: number;
  findings: Findings;
  journal: Journal;
}
