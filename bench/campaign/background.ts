import type { Random } from "../../src/simulator/random.ts";
import { type MadeMail, people } from "./made-mail.ts";

/** A party that sends mail: its addresses, its hosts. */
interface Party {
  domain: string;
  ip: string;
  host: string;
}

/** Mass mailers that many honest senders and a part of the campaign share. */
export const sharedMailers: readonly Party[] = Array.from({ length: 8 }, (_, index) => ({
  domain: `mailer${index}.example.net`,
  ip: `198.51.100.${10 + index}`,
  host: `out${index}.mailer.example.net`,
}));

/** Free mail providers: anybody sends from them. */
export const providers: readonly Party[] = ["gmail.com", "outlook.com", "yahoo.com"].map((domain, index) => ({
  domain,
  ip: `198.51.100.${200 + index}`,
  host: `mail-out.${domain}`,
}));

const materials = ["oak", "steel", "paper", "glass", "copper", "linen", "marble", "cork", "amber", "slate"];
const places = ["harbour", "valley", "meadow", "bridge", "summit", "orchard", "canal", "forest", "island", "quarry"];
const trades = ["print", "tools", "foods"];

/** Honest suppliers, each with a name and a network of his own; the campaign takes some of their accounts over. */
export const suppliers: readonly Party[] = trades
  .flatMap((trade) => places.flatMap((place) => materials.map((material) => `${material}${place}-${trade}.example`)))
  .map((domain, index) => ({ domain, ip: `2001:db8:${(index + 1).toString(16)}::25`, host: `mx.${domain}` }));

const firstNames = ["ann", "bob", "carla", "dmitri", "elena", "farid", "grace", "hugo", "ines", "jonas"];
const topics = [
  "budget",
  "roadmap",
  "meeting",
  "contract",
  "offer",
  "workshop",
  "travel",
  "hiring",
  "release",
  "audit",
];
const verbs = ["review", "update", "plan", "notes", "draft", "feedback", "question", "summary", "agenda", "minutes"];
const shops = ["Northwind", "Contoso Garden", "Blue Yonder Air", "Fabrikam Print", "Tailspin Toys", "Adventure Works"];

/** Each kind of honest or otherwise unwanted mail, with its share of the whole in percent. */
const kinds: readonly [share: number, make: (random: Random) => Partial<MadeMail> & { from: Party }][] = [
  [14, invoice],
  [22, newsletter],
  [24, conversation],
  [8, provider],
  [10, notification],
  [18, otherSpam],
  [3, otherPhish],
  [1, innocentTwin],
];

/** As many lots of each kind as its share. */
const lots = kinds.flatMap(([share, make]) => Array.from({ length: share }, () => make));

/** Mail that does not belong to the campaign: most of it unlike it, some of it deliberately like it. */
export function* makeBackground(count: number, from: number, to: number, random: Random): Generator<MadeMail> {
  for (let number = 0; number < count; number++) {
    const { from: party, ...made } = random.pick(lots)(random);
    const sender = made.sender ?? `${random.pick(firstNames)}.${random.integer(90)}@${party.domain}`;
    yield {
      isCampaign: false,
      receivedAt: from + Math.floor(random.next() * (to - from)),
      sender,
      headerFrom: sender,
      recipients: [random.pick(people)],
      subject: "",
      messageId: `${number}.${random.integer(1e9).toString(36)}@${party.domain}`,
      ip: party.ip,
      host: party.host,
      attachment: undefined,
      link: `https://www.${party.domain}/${random.integer(1e6)}`,
      sizeBytes: 2000 + random.integer(80_000),
      fate: "delivered",
      ...made,
    };
  }
}

/** What the campaign pretends to be: an invoice of a supplier, overdue ones among them. */
function invoice(random: Random) {
  const from = random.pick(suppliers);
  const number = 10_000 + random.integer(90_000);
  const subject = random.pick([
    `Invoice ${number} from ${random.pick(shops)}`,
    `Your invoice INV-${number}`,
    `Payment reminder ${number}`,
    `Statement of account ${number}`,
    `Order confirmation ${number}`,
  ]);
  return { from, sender: `billing@${from.domain}`, subject, attachment: `invoice-${number}.pdf` };
}

function newsletter(random: Random) {
  const from = random.pick(sharedMailers);
  const brand = random.integer(200);
  const subject = `${random.pick(shops)} ${random.pick(["weekly", "monthly", "spring", "members"])} news ${random.integer(60)}`;
  const sender = `bounce-${random.integer(1e6)}@news${brand}.example`;
  return {
    from,
    sender,
    subject,
    link: `https://news${brand}.example/${random.integer(1e6)}`,
    fate: maybeHeld(random, 0.1, "Bulk"),
  };
}

function conversation(random: Random) {
  const from = {
    domain: `partner${random.integer(800)}.example`,
    ip: `203.0.113.${random.integer(200)}`,
    host: "mx.partner.example",
  };
  const reply = random.pick(["", "", "RE: ", "FW: "]);
  return {
    from,
    subject:
      `${reply}${random.pick(topics)} ${random.pick(verbs)} ${random.pick(["", "Q3", "2026", "draft 2"])}`.trim(),
  };
}

function provider(random: Random) {
  return { from: random.pick(providers), subject: `${random.pick(topics)} ${random.pick(verbs)}` };
}

function notification(random: Random) {
  const from = random.pick(suppliers);
  const subject = random.pick([
    `Parcel ${random.integer(1e7)} is on its way`,
    `${random.pick(firstNames)} shared a document with you`,
    "Your password expires in 5 days",
    `Ticket ${random.integer(1e5)} was updated`,
  ]);
  return { from, sender: `noreply@${from.domain}`, subject };
}

function otherSpam(random: Random) {
  const from = {
    domain: `deal${random.integer(3000)}.test`,
    ip: `203.0.113.${random.integer(250)}`,
    host: "host.deal.test",
  };
  const subject = random.pick(["Cheap watches", "You have won", "Lose weight now", "Casino bonus", "Crypto chance"]);
  return { from, subject: `${subject} ${random.integer(1000)}`, fate: maybeHeld(random, 0.9, "Quarantine") };
}

/** Other gangs at work in the same days, some in the same rented network as the campaign. */
function otherPhish(random: Random) {
  const from = {
    domain: `login-alert${random.integer(40)}.test`,
    ip: `203.0.113.${210 + random.integer(40)}`,
    host: "vps.rented.test",
  };
  const subject = random.pick([
    "Unusual sign-in to your account",
    "Your mailbox is full",
    "Voice message received",
    "Shared file: salary list",
  ]);
  return { from, subject, fate: maybeHeld(random, 0.9, "Phish") };
}

/** Honest mail that looks like the campaign in one thing: the subject of a real reminder, a taken-over supplier's true mail. */
function innocentTwin(random: Random) {
  const from = random.pick(suppliers.slice(0, 60));
  const number = 10_000 + random.integer(90_000);
  const subject = random.pick([
    `Overdue invoice ${number}`,
    `Reminder: invoice ${number} is overdue`,
    `Invoice ${number}`,
    "Meeting on Monday",
  ]);
  return { from, sender: `accounts@${from.domain}`, subject, fate: maybeHeld(random, 0.2, "Quarantine") };
}

function maybeHeld(random: Random, chance: number, folder: string): MadeMail["fate"] {
  return random.next() < chance ? { folder } : "delivered";
}
