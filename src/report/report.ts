import type { Command } from "../core/command.ts";
import type { ReportDocument } from "./document.ts";
import { reportFalsePositive } from "./false-positive.ts";
import { reportFeed } from "./feed.ts";
import { reportHunt } from "./hunt.ts";
import { type PageFacts, renderPage } from "./page/page.ts";
import { reportPhishing } from "./phishing.ts";

/** What a browser may load for a report; a server says it in the header too. */
export { pagePolicy as reportPolicy } from "./page/page.ts";

/** A command's whole result: its list, and what stands beside it. */
export interface Reported {
  items: readonly unknown[];
  /** Of work that broke off it may lack anything. */
  summary: object;
}

/** What a report says of itself beside the result. */
export interface ReportFacts extends PageFacts {
  /** @default what the command is for, such as `Threat hunt` */
  title?: string;
}

type MakeDocument = (items: never, summary: object) => ReportDocument;

const documents: ReadonlyMap<string, MakeDocument> = new Map<string, MakeDocument>([
  ["respond.phishing", reportPhishing],
  ["respond.false-positive", reportFalsePositive],
  ["hunt", reportHunt],
  ["blocklist.feed", reportFeed],
]);

/**
 * The result of a command as an HTML page that needs no script, font or network, and is safe whatever strangers wrote into
 * the mail. `name` is that of a command with a report (`hasReport`); throws TypeError for any other.
 */
export function renderReport(name: Command["name"], { items, summary }: Reported, facts: ReportFacts): string {
  const makeDocument = documents.get(name);
  if (makeDocument === undefined) throw new TypeError(`${name} has no report.`);
  const document = makeDocument(items as never, summary);
  return renderPage(facts.title === undefined ? document : { ...document, title: facts.title }, facts);
}
