import type { Random } from "../../src/simulator/random.ts";
import { providers, sharedMailers, suppliers } from "./background.ts";
import { type MadeMail, people } from "./made-mail.ts";

const domains = [
  "northwind-billing.test",
  "billing-northwind.test",
  "northwlnd-invoices.test",
  "nw-accounts.test",
].concat(Array.from({ length: 8 }, (_, index) => `payments${index}-center.test`));
const hosts = ["203.0.113.211", "203.0.113.212", "203.0.113.213", "198.51.100.77", "198.51.100.78", "192.0.2.251"];
const locals = ["billing", "accounts", "invoice", "finance", "ar", "payments", "dunning"];
const pages = ["pay-portal.test", "secure-invoice.test", "inv-view.test", "docs-pay.test", "portal-billing.test"];

const wordings: readonly ((number: number) => string)[] = [
  (number) => `Overdue invoice ${number}`,
  (number) => `Invoice ${number} is overdue`,
  (number) => `Reminder: unpaid invoice ${number}`,
  (number) => `Final notice - invoice ${number} unpaid`,
  (number) => `RE: Overdue invoice ${number}`,
  (number) => `Overdue payment for invoice ${number}`,
  (number) => `Your invoice ${number} is overdue - act now`,
  (number) => `Second reminder, invoice ${number} overdue`,
  (number) => `Urgent: invoice no. ${number} past due`,
];

/** The same lure over and over, as a kit sends it: other words, numbers, senders, hosts, pages and files each time. */
export function* makeVariants(count: number, from: number, to: number, random: Random): Generator<MadeMail> {
  for (let number = 0; number < count; number++) {
    const invoice = 10_000 + random.integer(90_000);
    const { sender, ip, host } = chooseSender(random);
    yield {
      isCampaign: true,
      receivedAt: from + Math.floor(random.next() * (to - from)),
      sender,
      headerFrom: `"Northwind Billing" <${sender}>`,
      recipients: [random.pick(people)],
      subject: disguise(random.pick(wordings)(invoice), random),
      messageId: `${random.integer(1e9).toString(36)}.${number}@${host}`,
      ip,
      host,
      attachment: random.next() < 0.6 ? random.pick([`Invoice_${invoice}.pdf.htm`, `INV-${invoice}.html`]) : undefined,
      link: `https://${random.pick(pages)}/i/${random.integer(1e9).toString(36)}`,
      sizeBytes: 14_000 + random.integer(5000),
      fate: chooseFate(random),
    };
  }
}

/** Rented hosts mostly; the rest by taken-over accounts, a mass mailer and free mail, where honest mail comes from as well. */
function chooseSender(random: Random): { sender: string; ip: string; host: string } {
  const chance = random.next();
  const local = `${random.pick(locals)}${random.integer(400)}`;
  if (chance < 0.15)
    return { sender: "billing@northwind-billing.test", ip: hosts[0] as string, host: "vps1.rented.test" };
  if (chance < 0.75) {
    return { sender: `${local}@${random.pick(domains)}`, ip: random.pick(hosts), host: "vps1.rented.test" };
  }
  const { domain, ip, host } =
    chance < 0.87
      ? random.pick(suppliers.slice(0, 30))
      : chance < 0.95
        ? random.pick(sharedMailers)
        : random.pick(providers);
  // A mass mailer sends for whatever domain its customer names.
  return { sender: `${local}@${chance < 0.87 || chance >= 0.95 ? domain : random.pick(domains)}`, ip, host };
}

function disguise(subject: string, random: Random): string {
  const chance = random.next();
  if (chance < 0.05) return subject.replace(/o/g, "\u043e");
  if (chance < 0.15) return `${subject} [ref ${random.integer(1e6).toString(36)}]`;
  if (chance < 0.2) return subject.toUpperCase();
  if (chance < 0.25) return subject.replace(/ /g, "  ");
  return subject;
}

function chooseFate(random: Random): MadeMail["fate"] {
  const chance = random.next();
  if (chance < 0.5) return { folder: "Phish" };
  if (chance < 0.65) return { folder: "Quarantine" };
  if (chance < 0.7) return { folder: "Bulk" };
  return chance < 0.9 ? "delivered" : "rejected";
}
