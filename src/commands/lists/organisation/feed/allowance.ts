import type { DomainFacts } from "../../../../core/name-facts.ts";
import type { Steps } from "../../../../core/steps.ts";
import { type Entry, readEntries, tryReadEntries } from "../../entry/entry.ts";
import { bitsOf } from "../../entry/internal-network.ts";
import { readListFile } from "../../files/list-file.ts";
import { type Criterion, keyOf } from "../criterion.ts";

/** Senders that are never to be blocked, as a person wrote them. */
export interface WrittenAllowance {
  allow?: readonly string[] | undefined;
  /** The file's text. */
  allowFile?: string | undefined;
}

/** Says of an entry of the blocklist why it is not to stand there; undefined where nothing allowed would be blocked. */
export type Allowance = (criterion: Criterion, entry: Entry | undefined) => string | undefined;

/** What is allowed, each with the sentence that says so; names stand behind a `=`, which no object has of its own. */
interface Index {
  criteria: { [key: string]: string };
  addresses: { [address: string]: string };
  domains: { [domain: string]: string };
  /** Domains of which all names below are allowed. */
  parents: { [domain: string]: string };
  /** By what their addresses begin with in binary, and how long those beginnings are. */
  networks: { [bits: string]: string };
  lengths: { [length: string]: true };
  /** The same beginnings one a line, so that the networks within another are found at once. */
  beginnings: string;
  /** Senders one a line, so that a fragment is looked for in all of them at once. */
  senders: string;
  whyOfSender: string[];
}

/** Takes what a person allows and what the organisation's safelist holds. Throws PpsError `bad_input` for what is no entry. */
export function* readAllowance(written: WrittenAllowance, safelist: readonly Criterion[]): Steps<Allowance> {
  const index: Index = {
    criteria: {},
    addresses: {},
    domains: {},
    parents: {},
    networks: {},
    lengths: {},
    beginnings: "\n",
    senders: "\n",
    whyOfSender: [],
  };
  const { allow = [], allowFile } = written;
  const rows = allowFile === undefined ? [] : readListFile(allowFile, { field: "allowFile" }).rows;
  const placeOf = (row: number) => rows[row]?.place ?? "";
  const named = yield* readEntries(allow, { field: "allow" });
  const filed = yield* readEntries(
    rows.map(({ entry }) => entry),
    { field: "allowFile", placeOf },
  );
  named.concat(filed).forEach((entry) => {
    put(index, entry, `${entry.text} is never to be blocked.`);
  });
  // What a safelist holds with another operator is seldom about one sender.
  const trusted = safelist.filter(({ operator }) => operator === "equal" || operator === "contain");
  (yield* tryReadEntries(trusted.map(({ value }) => value))).forEach((reading, place) => {
    const criterion = trusted[place] as Criterion;
    const why = `${criterion.value} stands on the organisation's safelist.`;
    index.criteria[`=${keyOf(criterion)}`] = why;
    if ("entry" in reading && criterion.attribute !== "recipient") put(index, reading.entry, why);
  });
  return (criterion, entry) => index.criteria[`=${keyOf(criterion)}`] ?? findAllowed(index, criterion, entry);
}

function put(index: Index, { kind, text, domain, ip }: Entry, why: string): void {
  if (ip !== undefined) {
    const bits = bitsOf(ip);
    index.networks[bits] = why;
    index.lengths[bits.length] = true;
    index.beginnings += `${bits}\n`;
  }
  if (domain === undefined) return;
  const name = `=${domain.ascii}`;
  if (kind === "address") index.addresses[`=${text}`] = why;
  if (kind === "domain") index.domains[name] = why;
  if (kind === "subdomains") index.parents[name] = why;
  index.senders += `${text.replace("*", "")}\n`;
  index.whyOfSender.push(why);
}

function findAllowed(index: Index, criterion: Criterion, entry: Entry | undefined): string | undefined {
  if (entry?.ip !== undefined) return findNetwork(index, bitsOf(entry.ip));
  return findBlocked(index, criterion) ?? findCovering(index, criterion, entry?.domain);
}

/** A network that is allowed and has an address in common with one that begins with these bits. */
function findNetwork({ networks, lengths, beginnings }: Index, bits: string): string | undefined {
  for (const length in lengths) {
    const why = networks[bits.slice(0, Number(length))];
    if (why !== undefined) return why;
  }
  const at = beginnings.indexOf(`\n${bits}`);
  return at < 0 ? undefined : networks[beginnings.slice(at + 1).split("\n", 1)[0] as string];
}

/** Whoever is allowed and would be blocked by a fragment of a sender. */
function findBlocked({ senders, whyOfSender }: Index, { operator, value }: Criterion): string | undefined {
  const fragment = value.trim().toLowerCase();
  const at = operator !== "contain" || fragment === "" ? -1 : senders.indexOf(fragment);
  return at < 0 ? undefined : whyOfSender[senders.slice(0, at).split("\n").length - 2];
}

/** Whoever is allowed and is, or holds, the sender or host that the entry names. */
function findCovering(
  { addresses, domains, parents }: Index,
  { attribute, operator, value }: Criterion,
  domain: DomainFacts | undefined,
): string | undefined {
  if (domain === undefined) return undefined;
  const isHost = attribute === "host" || attribute === "helo";
  const meansBelow = operator === "contain" && value.charAt(0) === ".";
  const itself = addresses[`=${value.toLowerCase()}`] ?? (meansBelow ? undefined : domains[`=${domain.ascii}`]);
  if (itself !== undefined) return itself;
  const labels = domain.ascii.split(".");
  for (let above = isHost || meansBelow ? 0 : 1; above < labels.length; above++) {
    const parent = `=${labels.slice(above).join(".")}`;
    const why = parents[parent] ?? (isHost ? domains[parent] : undefined);
    if (why !== undefined) return why;
  }
  return undefined;
}
