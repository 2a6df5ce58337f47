import { command } from "../../../../core/command.ts";
import { file, flag, integer, list, text } from "../../../../core/fields.ts";
import { agree, found } from "../../../../core/steps.ts";
import { countOutcomes } from "../../../outcome.ts";
import { tryReadEntries } from "../../entry/entry.ts";
import { warnOfUnknownDomains } from "../../entry/guard.ts";
import { override } from "../../entry-fields.ts";
import { type ListOutcome, listOutcomeColumns } from "../../list-outcome.ts";
import { makeChanges, planChanges } from "../change.ts";
import { noteLongerNames } from "../entry-criterion.ts";
import { clusterId } from "../fields.ts";
import { findOrganisationList, readOrganisationList } from "../organisation-list.ts";
import { readAllowance } from "./allowance.ts";
import { feedOutputs } from "./feed-outputs.ts";
import { planFeed } from "./feed-plan.ts";
import { readFeed } from "./feed-text.ts";
import { findJumps, jumpRefused } from "./jump.ts";
import { leftOutcome } from "./left-row.ts";
import { sift } from "./sifted.ts";
import { tellFeed } from "./told.ts";

/** Keeps a feed's part of the organisation's blocklist. */
export const blocklistFeed = command<ListOutcome>()({
  name: "blocklist.feed",
  title: "Block From Feed",
  description:
    "Keeps a part of the organisation's blocklist as a feed of bad senders says: adds what it names, within the guard rails, and removes what it has lost when its time has come. Whatever others put on the list is left alone.",
  effect: "destroy",
  showsPlan: true,
  hasReport: true,
  access: "Threat Protection",
  fields: {
    url: text({
      positional: true,
      maxLength: 2000,
      description:
        "Address of the feed: text, CSV, JSON, a STIX 2.1 bundle or a MISP event, or a collection of a TAXII 2.1 server.",
      example: "https://feeds.example.com/senders.csv",
    }),
    file: file({ description: "The feed as a file instead: text, CSV, JSON, a STIX 2.1 bundle or a MISP event." }),
    label: text({
      default: "feed",
      maxLength: 20,
      description: "Name of this feed's part of the list, so that several feeds can keep a part each.",
      example: "phish-feed",
    }),
    minConfidence: integer({
      min: 0,
      max: 100,
      default: "0",
      description:
        "Least confidence of what is taken, as far as the feed tells it. Above 0, what has none is left out.",
    }),
    maxAgeDays: integer({
      min: 1,
      max: 3650,
      description: "Most days since the feed last saw or changed what is taken. What has no date is then left out.",
    }),
    expireDays: integer({
      min: 1,
      max: 3650,
      default: "30",
      description: "Days an added entry stays when the feed has lost it, unless the feed itself ends it sooner.",
    }),
    allow: list({
      maxLength: 4000,
      description: "Addresses, domains, IP addresses or networks that are never to be blocked, whatever the feed says.",
      example: "partner.test",
    }),
    allowFile: file({ description: "File with more of these: CSV, JSON, or one entry a line." }),
    mostChanges: integer({
      min: 1,
      max: 100_000,
      orAll: true,
      default: "500",
      description: "Most entries that one run changes unasked.",
    }),
    acceptJump: flag({
      description: "Go ahead although the feed is empty, has doubled or halved, or the run changes more than that.",
    }),
    clusterId,
    override,
  },
  rules: [
    ({ url, file: given }, nameOf) =>
      (url === undefined) === (given === undefined)
        ? `Exactly one of ${nameOf("url")} and ${nameOf("file")} must be given.`
        : undefined,
    ({ label }, nameOf) =>
      /^[a-z0-9-]+$/.test(String(label)) ? undefined : `${nameOf("label")} takes small letters, digits and hyphens.`,
  ],
  list: "outcomes",
  outputs: feedOutputs,
  columns: listOutcomeColumns,
  examples: [
    { line: "pps blocklist feed --file senders.csv --dry-run", purpose: "See what a file would add and remove" },
    {
      line: "pps blocklist feed https://feeds.example.com/senders --label phish-feed --yes",
      purpose: "Keep the part of a feed, unasked, as a daily job does",
    },
    {
      line: "pps blocklist feed https://taxii.example.com/api/collections/91a7b528/ --min-confidence 70 --max-age-days 90",
      purpose: "Take what a TAXII collection is sure of and has seen lately",
    },
  ],
  *run(input, context) {
    const on = findOrganisationList("blocklist", context, input.clusterId);
    const feed = yield* readFeed(input);
    const safelist = yield* readOrganisationList({ ...on, list: "safelist" });
    const allowance = yield* readAllowance(input, safelist);
    const standing = yield* readOrganisationList(on);
    const site = { list: on.list, ownDomains: context.ownDomains, override: input.override };
    const { now } = context;
    const { minConfidence, maxAgeDays, expireDays, label, mostChanges } = input;
    const sieve = { now, minConfidence, maxAgeDays, expireDays, allowance, site };
    const sifted = yield* sift(feed.intel, sieve);
    const understood = (yield* tryReadEntries(standing.map(({ value }) => value))).map((reading) =>
      "entry" in reading ? reading.entry : undefined,
    );
    const plan = planFeed(sifted, { label, now, standing, understood, allowance });
    const { changes } = plan;
    const jumps = findJumps({ wanted: sifted.wanted.length, own: plan.own, changes: changes.length, mostChanges });
    const added = changes.filter(({ action }) => action === "add").map(({ entry }) => entry);
    const notes = jumps.concat(
      feed.notes,
      tellFeed(feed, sifted, plan),
      sifted.notes,
      noteLongerNames(added),
      added.length === 0 ? [] : warnOfUnknownDomains(sifted.entries, context.ownDomains),
    );
    const order = { on, changes, effect: "destroy" } as const;
    if (!context.dryRun && (changes.length > 0 || jumps.length > 0)) {
      const agreement = yield* agree(planChanges(order), notes);
      if (agreement === "declined") return { counts: {}, notes: [] };
      if (agreement === "unasked" && jumps.length > 0 && !input.acceptJump) throw jumpRefused(jumps);
    }
    const left = sifted.left.map(leftOutcome);
    yield* found(left);
    const outcomes = yield* makeChanges({ ...order, dryRun: context.dryRun });
    return { counts: countOutcomes(outcomes.concat(left)), notes };
  },
});
