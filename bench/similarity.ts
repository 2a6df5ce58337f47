import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { createPps, type Pps } from "../src/client/index.ts";
import { createClock, type Simulator, startSimulator } from "../src/simulator/index.ts";
import { createRandom } from "../src/simulator/random.ts";
import { makeBackground } from "./campaign/background.ts";
import { composeRaw, type MadeMail, storeMail } from "./campaign/made-mail.ts";
import { makeVariants } from "./campaign/variants.ts";
import { median, type Row, ratio } from "./row.ts";

const variants = 5000;
const messages = 200_000;
const hour = 3_600_000;
const noon = Date.UTC(2026, 2, 4, 12);

/** Reports of the campaign that are followed, each by itself: the first that got through. */
const reports = 8;

/**
 * How well a reported message leads to the rest of its campaign. The campaign is made by rules of its own, which know
 * nothing of the scorer's; the whole is seeded, so that every run measures the same mail. How much is found hangs on
 * which message is reported, so that several are.
 */
export async function benchSimilarity(): Promise<Row[]> {
  const clock = createClock();
  clock.set(noon, true);
  const simulator = await startSimulator({ profile: "pod", seed: "similarity", clock });
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
    const found: Found[] = [];
    for (const mail of reported) found.push(await follow(mail, truth, pps));
    return rows(found, truth);
  } finally {
    await simulator.stop();
  }
}

/** The truth: guids of the campaign, and of what of it is held. */
interface Truth {
  campaign: Set<string>;
  held: Set<string>;
}

/** What one report led to. */
interface Found {
  right: number;
  wrong: number;
  deletedRight: number;
  deletedWrong: number;
  requests: number;
  seconds: number;
}

async function follow(mail: MadeMail, truth: Truth, pps: Pps): Promise<Found> {
  let requests = 0;
  const tally = () => void requests++;
  subscribe("undici:request:create", tally);
  try {
    const began = performance.now();
    const { outcomes } = await pps.respond.phishing(
      { message: composeRaw(mail), since: "4 days", limit: 100_000 },
      { dryRun: true },
    );
    const seconds = (performance.now() - began) / 1000;
    const guidsOf = (some: typeof outcomes) => [...new Set(some.flatMap(({ guid }) => guid ?? []))];
    const strong = guidsOf(outcomes.filter(({ score = 0 }) => score >= 60));
    const deleted = guidsOf(outcomes.filter(({ action, outcome }) => action === "delete" && outcome === "planned"));
    const right = strong.filter((guid) => truth.campaign.has(guid)).length;
    const deletedRight = deleted.filter((guid) => truth.held.has(guid)).length;
    const wrong = strong.length - right;
    return { right, wrong, deletedRight, deletedWrong: deleted.length - deletedRight, requests, seconds };
  } finally {
    unsubscribe("undici:request:create", tally);
  }
}

function fill(simulator: Simulator): { reported: MadeMail[]; truth: Truth } {
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
  const reported: MadeMail[] = [];
  for (const mail of makeVariants(variants, noon - 30 * hour, noon, random.fork("variants"))) {
    put(mail);
    // Those that got through are what recipients report.
    if (mail.fate === "delivered" && reported.length < reports) reported.push(mail);
  }
  return { reported, truth };
}

function rows(found: readonly Found[], truth: Truth): Row[] {
  const sum = (value: (one: Found) => number) => found.reduce((total, one) => total + value(one), 0);
  const right = sum((one) => one.right);
  const wrong = sum((one) => one.wrong);
  const deletedRight = sum((one) => one.deletedRight);
  const precision = right / (right + wrong);
  const recalls = found.map((one) => one.right / variants);
  const middle = median(recalls);
  const what = `Campaign of ${variants.toLocaleString("en")} among ${messages.toLocaleString("en")}, ${found.length} reports`;
  return [
    {
      what: `${what}: found at the default threshold`,
      measured: `precision ${precision.toFixed(4)} (${right} right, ${wrong} wrong); recall ${middle.toFixed(3)}, the median`,
      against: `recall of each: ${recalls.map((recall) => recall.toFixed(3)).join(", ")}`,
      ratio: ratio(middle, 1),
      goal: { text: "precision at least 0.99, recall at least 0.8", isMet: precision >= 0.99 && middle >= 0.8 },
    },
    {
      what: `${what}: held ones to be deleted`,
      measured: `${deletedRight} right, ${sum((one) => one.deletedWrong)} wrong`,
      against: `${truth.held.size * found.length}: ${truth.held.size} held variants a report`,
      ratio: ratio(deletedRight, truth.held.size * found.length),
    },
    {
      what: `${what}: calls and time of one`,
      measured: `${median(found.map(({ requests }) => requests))} calls, ${median(found.map(({ seconds }) => seconds)).toFixed(1)} s`,
      against: `${messages / 1000} calls to read as many messages at a thousand a call`,
      ratio: ratio(median(found.map(({ requests }) => requests)), messages / 1000),
    },
  ];
}
