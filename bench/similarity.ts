import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { createPps } from "../src/client/index.ts";
import { createClock, startSimulator } from "../src/simulator/index.ts";
import { createRandom } from "../src/simulator/random.ts";
import { makeBackground } from "./campaign/background.ts";
import { composeRaw, type MadeMail, storeMail } from "./campaign/made-mail.ts";
import { makeVariants } from "./campaign/variants.ts";
import { type Row, ratio } from "./row.ts";

const variants = 5000;
const messages = 200_000;
const hour = 3_600_000;
const noon = Date.UTC(2026, 2, 4, 12);

/**
 * How well a reported message leads to the rest of its campaign. The campaign is made by rules of its own, which know
 * nothing of the scorer's; the whole is seeded, so that every run measures the same mail.
 */
export async function benchSimilarity(): Promise<Row[]> {
  const clock = createClock();
  clock.set(noon, true);
  const simulator = await startSimulator({ profile: "pod", seed: "similarity", clock });
  let requests = 0;
  const tally = () => void requests++;
  try {
    const { reported, truth } = fill(simulator);
    await using pps = createPps({
      url: simulator.api,
      username: simulator.username,
      password: simulator.password,
      ca: simulator.ca,
      ownDomains: simulator.ownDomains,
      now: clock.now,
    });
    subscribe("undici:request:create", tally);
    const began = performance.now();
    const { outcomes, notes } = await pps.respond.phishing(
      { message: composeRaw(reported), since: "4 days", limit: 100_000 },
      { dryRun: true },
    );
    const seconds = (performance.now() - began) / 1000;
    if (process.env.BENCH_NOTES) for (const note of notes) console.error(note);
    const strong = new Set(
      outcomes.flatMap(({ guid, score = 0 }) => (guid !== undefined && score >= 60 ? [guid] : [])),
    );
    const deleted = outcomes.filter(({ action, outcome }) => action === "delete" && outcome === "planned");
    return rows(truth, strong, new Set(deleted.map(({ guid = "" }) => guid)), requests, seconds);
  } finally {
    unsubscribe("undici:request:create", tally);
    await simulator.stop();
  }
}

/** The truth: guids of the campaign, and of what of it is held. */
interface Truth {
  campaign: Set<string>;
  held: Set<string>;
}

function fill(simulator: Awaited<ReturnType<typeof startSimulator>>): { reported: MadeMail; truth: Truth } {
  const random = createRandom("campaign");
  const truth: Truth = { campaign: new Set(), held: new Set() };
  const ids = random.fork("ids");
  const put = (mail: MadeMail) => {
    const guid = storeMail(simulator, mail, ids);
    if (!mail.isCampaign) return;
    truth.campaign.add(guid);
    if (typeof mail.fate === "object") truth.held.add(guid);
  };
  for (const mail of makeBackground(messages - variants, noon - 72 * hour, noon, random.fork("background"))) put(mail);
  let reported: MadeMail | undefined;
  for (const mail of makeVariants(variants, noon - 30 * hour, noon, random.fork("variants"))) {
    put(mail);
    // One of those that got through, as its recipient reports it.
    if (mail.fate === "delivered") reported ??= mail;
  }
  if (reported === undefined) throw new Error("No variant was delivered.");
  return { reported, truth };
}

function rows(truth: Truth, strong: Set<string>, deleted: Set<string>, requests: number, seconds: number): Row[] {
  const right = [...strong].filter((guid) => truth.campaign.has(guid)).length;
  const rightlyDeleted = [...deleted].filter((guid) => truth.held.has(guid)).length;
  const precision = right / strong.size;
  const what = `Campaign of ${variants.toLocaleString("en")} among ${messages.toLocaleString("en")}`;
  return [
    {
      what: `${what}: found at the default threshold`,
      measured: `${right} right, ${strong.size - right} wrong; precision ${precision.toFixed(4)}`,
      against: `${variants} variants; recall ${(right / variants).toFixed(4)}`,
      ratio: ratio(right, variants),
      goal: {
        text: "precision at least 0.99, recall at least 0.8",
        isMet: precision >= 0.99 && right >= 0.8 * variants,
      },
    },
    {
      what: `${what}: held ones to be deleted`,
      measured: `${rightlyDeleted} right, ${deleted.size - rightlyDeleted} wrong`,
      against: `${truth.held.size} held variants`,
      ratio: ratio(rightlyDeleted, truth.held.size),
    },
    {
      what: `${what}: calls and time`,
      measured: `${requests} calls, ${seconds.toFixed(1)} s`,
      against: `${messages / 1000} calls to read as many messages one by one folder and cap`,
      ratio: ratio(requests, messages / 1000),
    },
  ];
}
