import { describe, expect, test } from "vitest";
import { judge, many, pick, report } from "../../../test/model/campaign-scene.ts";
import { isTrace } from "../../../test/model/searched-mail.ts";

describe("an invoice lure of two common words", () => {
  const hosts = ["192.0.2.7", "198.51.100.8", "203.0.113.9"];
  const domains = ["northwlnd-invoices.test", "billing-east.test", "due-desk.test", "ledger-hub.test"];
  const subjects = (number: number) => [
    `Overdue invoice ${number}`,
    `Invoice ${number} is overdue`,
    `Reminder: unpaid invoice ${number}`,
    `Unpaid invoice ${number}: second reminder`,
  ];
  const wave = many(
    160,
    (index) => ({
      sender: `ap${index}@${pick(domains, index)}`,
      subject: pick(subjects(4000 + index), Math.floor(index / 4)),
      ip: pick(hosts, Math.floor(index / 8)),
      ...(index % 3 === 0 ? {} : { folder: pick(["Phish", "Spam"], index) }),
    }),
    "wave",
  );
  const suppliers = many(
    120,
    (index) => ({
      sender: `accounts@supplier${index % 6}.test`,
      subject: pick(["Overdue invoice 77", "Invoice 12 is overdue", "Order 12 shipped", "Minutes of the call"], index),
      ip: `198.51.100.${100 + (index % 6)}`,
      minutesAgo: 30 + index * 70,
    }),
    "honest",
  );
  const gang = many(
    60,
    (index) => ({
      sender: `x${index}@pills${index % 3}.test`,
      subject: pick(["Cheap pills for the winter", "You have won a telephone"], index),
      ip: pick(hosts, index),
      folder: "Spam",
    }),
    "gang",
  );
  const seed = report("ap1@northwlnd-invoices.test", "Overdue invoice 4711", "192.0.2.7");

  test("is followed from host to domain and back; suppliers who write the same and other tenants are left", () => {
    const { recall, wrong, truncated } = judge(seed, wave, suppliers.concat(gang));
    expect(wrong).toEqual([]);
    expect(recall).toBe(1);
    expect(truncated).toBe(false);
  });

  test("is told of with the host and domain that are its own", () => {
    const reasons = judge(seed, wave, suppliers).messages.flatMap((message) => message.reasons);
    expect(reasons).toContain("sent by the campaign's own domain due-desk.test and host 198.51.100.8");
  });

  test("is not followed over a mailer of thousands, whose other customers send invoices as well", () => {
    const mailer = "203.0.113.200";
    const sent = wave.map((mail, index) => (index % 5 === 0 ? { ...mail, ip: mailer } : mail));
    const customers = many(
      200,
      (index) => ({
        sender: `billing@shop${index % 25}.test`,
        subject: pick(["Invoice 5 overdue", "Your order", "Spring offers", "Welcome aboard", "Survey"], index),
        ip: mailer,
        minutesAgo: 30 + index * 40,
      }),
      "customer",
    );
    const { recall, wrong } = judge(seed, sent, customers);
    expect(wrong).toEqual([]);
    expect(recall).toBe(1);
  });

  test("from a mailbox that was taken over does not take its owner's mail with it", () => {
    const owner = "accounts@supplier1.test";
    const ip = "198.51.100.101";
    const taken = many(6, (index) => ({ sender: owner, subject: `Overdue invoice 9${index}`, ip }), "taken");
    const own = many(
      40,
      (index) => ({
        sender: owner,
        subject: pick(["Order 5 confirmed", "Minutes of the call", "Visit on Monday", "Price list"], index),
        ip,
        minutesAgo: 30 + index * 200,
      }),
      "own",
    );
    expect(judge(report(owner, "Overdue invoice 4711", ip), taken, own).wrong).toEqual([]);
  });
});

test("a phish for passwords is followed over its hosts, without the site that it imitates", () => {
  const domains = ["mail-quota.test", "inbox-keeper.test", "storage-desk.test"];
  const wave = many(
    90,
    (index) => ({
      sender: `no-reply@${pick(domains, index)}`,
      subject: pick(
        ["Mailbox storage is almost full", "Your mailbox is full", "Storage warning for your mailbox"],
        index,
      ),
      ip: pick(["192.0.2.7", "192.0.2.77"], Math.floor(index / 3)),
    }),
    "wave",
  );
  const real = many(
    30,
    (index) => ({
      sender: "postbox@host.test",
      subject: "Your mailbox is full",
      ip: "198.51.100.1",
      minutesAgo: index * 250 + 30,
    }),
    "real",
  );
  const { recall, wrong } = judge(report("no-reply@mail-quota.test", "Your mailbox is full", "192.0.2.7"), wave, real);
  expect(wrong).toEqual([]);
  expect(recall).toBeGreaterThanOrEqual(0.9);
});

test("a fraudster who writes from a mail provider is known by his address, not by the provider", () => {
  const wave = many(
    12,
    (index) => ({
      sender: "ceo.office77@gmail.com",
      subject: pick(["Quick task", "Are you at your desk?"], index),
      ip: "203.0.113.50",
    }),
    "wave",
  );
  const private_ = many(
    60,
    (index) => ({
      sender: `person${index}@gmail.com`,
      subject: pick(["Quick task", "Photos", "Lunch?"], index),
      ip: "203.0.113.50",
    }),
    "private",
  );
  const { wrong, asked } = judge(report("ceo.office77@gmail.com", "Quick task", "203.0.113.50"), wave, private_);
  expect(wrong).toEqual([]);
  const senders = asked.flatMap(({ query = [] }) =>
    query.filter(([name]) => /from$/.test(name)).map(([, value]) => value),
  );
  expect(senders).not.toContain("*@gmail.com");
});

test("the whole wave of one sender belongs", () => {
  const subjects = [
    "Parcel 8 waits for payment",
    "Your parcel 9 could not be delivered",
    "Payment for your parcel is due",
  ];
  const wave = many(
    50,
    (index) => ({ sender: "info@parcel-fee.test", subject: pick(subjects, index), ip: "192.0.2.7", folder: "Phish" }),
    "wave",
  );
  const carrier = many(
    40,
    (index) => ({
      sender: "info@carrier.test",
      subject: "Your parcel 9 could not be delivered",
      ip: "198.51.100.3",
      minutesAgo: 30 + index * 100,
    }),
    "carrier",
  );
  const { recall, wrong } = judge(
    report("info@parcel-fee.test", "Parcel 8 waits for payment", "192.0.2.7"),
    wave,
    carrier,
  );
  expect(wrong).toEqual([]);
  expect(recall).toBe(1);
});

test("the supplier whom a domain is made to look like keeps his mail", () => {
  const wave = many(
    40,
    (index) => ({
      sender: `billing@northw1nd-parts.test`,
      subject: `New bank details for invoice ${index}`,
      ip: "192.0.2.7",
    }),
    "wave",
  );
  const supplier = many(
    60,
    (index) => ({
      sender: "billing@northwind-parts.test",
      subject: pick(
        [`Invoice ${index}`, `Delivery note ${index}`, `New price list`, `Details for invoice ${index}`],
        index,
      ),
      ip: "198.51.100.20",
      minutesAgo: 30 + index * 120,
    }),
    "supplier",
  );
  const seed = report("billing@northw1nd-parts.test", "New bank details for invoice 12", "192.0.2.7");
  const { recall, wrong } = judge(seed, wave, supplier);
  expect(wrong).toEqual([]);
  expect(recall).toBe(1);
});

test("of an honest supplier who was reported by mistake, what says something else is left", () => {
  const [sender, ip] = ["accounts@supplier1.test", "198.51.100.101"];
  const invoices = many(40, (index) => ({ sender, subject: `Overdue invoice ${index}`, ip }), "invoice");
  const rest = many(
    15,
    (index) => ({ sender: "sales@supplier1.test", subject: pick(["Visit on Monday", "New price list"], index), ip }),
    "rest",
  );
  expect(judge(report(sender, "Overdue invoice 4711", ip), invoices, rest).wrong).toEqual([]);
});

test("calls stay far below those that reading every host would take", () => {
  const wave = many(
    100,
    (index) => ({
      sender: `a@due${index % 4}.test`,
      subject: `Overdue invoice ${index}`,
      ip: `192.0.2.${7 + (index % 2)}`,
    }),
    "wave",
  );
  const honest = many(
    300,
    (index) => ({ sender: `a@firm${index}.test`, subject: "Overdue invoice 5", ip: `198.51.100.${index % 250}` }),
    "honest",
  );
  const { asked, wrong } = judge(report("a@due0.test", "Overdue invoice 4711", "192.0.2.7"), wave, honest);
  expect(wrong).toEqual([]);
  expect(asked.filter(isTrace).length).toBeLessThan(30);
});

test("of an own host that sent more than is looked at, it is said that the rest is missing", () => {
  const first = many(
    600,
    (index) => ({
      sender: `a${index}@due-desk.test`,
      subject: `Overdue invoice ${index}`,
      ip: index % 2 === 0 ? "192.0.2.7" : "198.51.100.8",
      minutesAgo: 20,
    }),
    "first",
  );
  const rest = many(
    2000,
    (index) => ({ sender: `a@due${index % 300}.test`, subject: `Invoice ${index} is overdue`, ip: "198.51.100.8" }),
    "rest",
  );
  const { truncated, notes } = judge(report("a1@due-desk.test", "Overdue invoice 4711", "192.0.2.7"), first, rest);
  expect(truncated).toBe(true);
  expect(notes).toContain("More than 2000 messages match host 198.51.100.8; only the newest of them were looked at.");
});

test("suppliers whose names are numbered as the campaign's is are strangers to it", () => {
  const subject = (index: number) => `Approve delivery schedule ${index} ahead of loading`;
  const wave = many(
    40,
    (index) => ({ sender: `plan${index}@supplier12.test`, subject: subject(index), ip: "192.0.2.7" }),
    "wave",
  );
  const suppliers = many(
    120,
    (index) => ({
      sender: `plan@supplier${20 + (index % 30)}.test`,
      subject: index % 3 === 0 ? subject(index) : pick(["Minutes of the call", "Price list", "Visit on Monday"], index),
      ip: `198.51.100.${20 + (index % 30)}`,
      minutesAgo: 30 + index * 15,
    }),
    "supplier",
  );
  const seed = report("plan1@supplier12.test", "Approve delivery schedule 4711 ahead of loading", "192.0.2.7");
  const { recall, wrong } = judge(seed, wave, suppliers);
  expect(wrong).toEqual([]);
  expect(recall).toBe(1);
});
