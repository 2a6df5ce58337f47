import { describe, expect, test } from "vitest";
import { bareContext } from "../../../test/model/execute.ts";
import type { MailSystem } from "../../../test/model/mail-system.ts";
import { createPps, isRaw, isTrace, type Mail, now } from "../../../test/model/searched-mail.ts";
import type { RunContext } from "../../core/command.ts";
import { run } from "../../core/run.ts";
import type { Ask, Reply } from "../../core/steps.ts";
import type { MailIndicators } from "../indicators/mail-indicators.ts";
import type { Campaign, CampaignOrder } from "./campaign.ts";
import { findCampaign } from "./find-campaign.ts";

const folders = ["Quarantine", "Phish", "Spam"].map((name) => ({ name, moduleType: "mail" as const }));
const context: RunContext = { ...bareContext, now, folders, ownDomains: ["corp.example"] };

const seed: MailIndicators = {
  envelopeSender: "mia@pay-desk7.example",
  headerSenders: ["mia@pay-desk7.example"],
  displayNames: [],
  replyTo: [],
  returnPath: "",
  subject: "Invoice 48213 overdue - settle immediately",
  messageId: "48213@pay-desk7.example",
  sendingIp: "192.0.2.7",
  urls: ["https://portal.evil-pages.example/settle"],
  hosts: ["portal.evil-pages.example"],
  attachments: [],
  date: new Date(now - 3_600_000).toISOString(),
};

function find(system: MailSystem, order: Partial<CampaignOrder> = {}, seeds: MailIndicators[] = [seed]): Campaign {
  const steps = findCampaign(seeds, {
    since: now - 24 * 3_600_000,
    folders: folders.map(({ name }) => name),
    areFoldersNamed: false,
    inspect: 0,
    threshold: 60,
    context,
    ...order,
  });
  return run(steps, system);
}

function guidsOf({ messages }: Campaign, strength: "strong" | "weak" = "strong"): string[] {
  return messages
    .filter((message) => message.strength === strength)
    .map(({ guid }) => guid)
    .sort();
}

const refused: Partial<Reply> = { status: 403, text: "no right" };

test("a message is told of once, with what quarantine and trace know of it, and strangers are left out", () => {
  const system = createPps([
    { guid: "a", folder: "Phish" },
    { guid: "stranger", sender: "carl@firm.test", subject: "Minutes of the review", ip: "198.51.100.4" },
  ]);
  expect(find(system)).toMatchObject({
    truncated: false,
    notes: [],
    requests: system.asked.length,
    messages: [
      {
        guid: "a",
        state: "held",
        copies: [{ folder: "Phish", localGuid: "local a" }],
        recipients: ["ann@corp.example"],
        senderIp: "192.0.2.7",
        finalRule: "spam.definite",
        sizeBytes: 2000,
        strength: "strong",
        reasons: expect.arrayContaining(["same sending host 192.0.2.7"]),
      },
    ],
  });
});

test("the state of a message is what trace and quarantine together prove", () => {
  const system = createPps([
    { guid: "held", folder: "Spam", traced: null },
    { guid: "delivered" },
    { guid: "redirected", traced: { action: "redirect" } },
    { guid: "rejected", traced: { action: "reject" } },
    { guid: "released", traced: { action: "discard", folder: "Phish" } },
    { guid: "retried", traced: { action: "retry" } },
  ]);
  const states = Object.fromEntries(find(system).messages.map(({ guid, state }) => [guid, state]));
  expect(states).toEqual({
    held: "held",
    delivered: "delivered",
    redirected: "unclear",
    rejected: "stopped",
    released: "stopped",
    retried: "stopped",
  });
});

test("what surely belongs leads to other hosts, and their subjects to what the seed's words do not find", () => {
  const first = ["b1", "b2", "b3"].map((guid) => ({ guid, sender: "otto@cash-point.test", ip: "192.0.2.7" }));
  const second = ["c1", "c2", "c3"].map((guid) => ({ guid, sender: "otto@cash-point.test", ip: "198.51.100.8" }));
  const reworded = ["d1", "d2"].map((guid) => ({
    guid,
    sender: "karl@cash-point.test",
    subject: "Your overdue invoice: please settle",
    ip: "198.51.100.8",
  }));
  const system = createPps([...first, ...second, ...reworded]);
  expect(guidsOf(find(system))).toEqual(["b1", "b2", "b3", "c1", "c2", "c3", "d1", "d2"]);
});

test("an honest sender who writes the same words is not drawn in", () => {
  const phish = ["b1", "b2", "b3", "b4"].map((guid) => ({ guid, sender: `${guid}@pay-desk9.example` }));
  const honest = ["h1", "h2", "h3", "h4"].map((guid) => ({ guid, sender: "billing@firm.test", ip: "203.0.113.4" }));
  const found = find(createPps([...phish, ...honest]));
  expect(guidsOf(found)).toEqual(["b1", "b2", "b3", "b4"]);
});

test("a record is looked for in the folder the trace names, also one that is not configured", () => {
  const system = createPps([{ guid: "a", folder: "TestQ", subject: "Invoice 77 overdue - settle immediately" }]);
  expect(find(system).messages).toMatchObject([{ state: "held", copies: [{ folder: "TestQ", localGuid: "local a" }] }]);
});

test("only folders that were named are looked in; what lies elsewhere is unclear", () => {
  const system = createPps([{ guid: "a", folder: "Phish" }]);
  const found = find(system, { folders: ["Spam"], areFoldersNamed: true });
  expect(found.messages).toMatchObject([{ guid: "a", state: "unclear", copies: [] }]);
  const asked = system.asked
    .filter((request) => !isTrace(request))
    .map(({ query = [] }) => Object.fromEntries(query).folder);
  expect([...new Set(asked)]).toEqual(["Spam"]);
});

test("who names all configured folders has named them too: no other is looked in", () => {
  const system = createPps([{ guid: "a", folder: "TestQ", subject: "Invoice 77 overdue - settle immediately" }]);
  expect(find(system, { areFoldersNamed: true }).messages).toMatchObject([{ state: "unclear", copies: [] }]);
});

test("a named folder that the site refuses is a failure, also beside all configured ones", () => {
  const held = [{ guid: "a", folder: "Phish" }];
  const system = createPps(held, { folders: ["Phish", "Quarantine", "Spam"] });
  const named = [...folders.map(({ name }) => name), "Fish"];
  const found = find(system, { folders: named, areFoldersNamed: true });
  expect(found).toMatchObject({ failed: true, truncated: true, messages: [{ guid: "a" }] });
  expect(found.notes).toContainEqual(expect.stringContaining("Fish"));
});

test("without the right to the trace the held messages are found, and it is said that others may be missing", () => {
  const system = createPps([{ guid: "a", folder: "Phish" }], {
    fate: (request) => (isTrace(request) ? refused : undefined),
  });
  const found = find(system);
  expect(guidsOf(found)).toEqual(["a"]);
  expect(found.truncated).toBe(true);
  expect(found.notes).toEqual([expect.stringContaining("delivered mail may be missing")]);
});

test("a folder that fails does not lose the others, and is noted", () => {
  const isPhish = ({ query = [] }: Ask) => query.some(([, value]) => value === "Phish");
  const system = createPps([{ guid: "a", folder: "Spam" }], {
    fate: (request) => (isPhish(request) ? { status: 500, text: "database is down" } : undefined),
  });
  const found = find(system);
  expect(guidsOf(found)).toEqual(["a"]);
  expect(found.truncated).toBe(true);
  expect(found.notes.join(" ")).toContain("Phish");
});

test("a usual folder that the site has not is passed over", () => {
  const system = createPps([{ guid: "a", folder: "Phish" }], { folders: ["Phish", "Quarantine"] });
  expect(find(system)).toMatchObject({ truncated: false, notes: [], messages: [{ guid: "a" }] });
});

test("where more may be to come it is said that the trace may lack the last minutes", () => {
  const late = expect.stringContaining("Mail of the last minutes may not be in the trace yet");
  expect(find(createPps([{ guid: "a", minutesAgo: 2 }])).notes).toEqual([late]);
  expect(find(createPps([])).notes).toEqual([late]);
  expect(find(createPps([{ guid: "a", minutesAgo: 60 }])).notes).toEqual([]);
  expect(find(createPps([]), { until: now - 3_600_000 }).notes).toEqual([]);
});

test("a message that was delivered tells so, also where a copy of it is held or it was held first", () => {
  const system = createPps([
    { guid: "audited", folder: "Quarantine", traced: { action: "accept", folder: "Quarantine" } },
    { guid: "held", folder: "Phish" },
    { guid: "delivered" },
  ]);
  const delivered = find(system).messages.filter(({ isDelivered }) => isDelivered);
  expect(delivered.map(({ guid, state }) => [guid, state]).sort()).toEqual([
    ["audited", "held"],
    ["delivered", "delivered"],
  ]);
});

test.each([
  ["refused", { status: 403, text: "no right" }],
  ["broken", { status: 500, text: "database is down" }],
])("quarantine that is %s never looks like nothing found", (_how, reply) => {
  const system = createPps([], { fate: (request) => (isTrace(request) ? undefined : reply) });
  expect(() => find(system)).toThrow();
});

describe("messages that may or may not belong", () => {
  const uncertain = (guid: string, urls: string[]): Mail => ({
    guid,
    folder: "Phish",
    sender: `${guid}@elsewhere.test`,
    ip: "198.51.100.8",
    urls,
  });
  const page = "https://portal.evil-pages.example/settle?u=ann";

  test("are opened, and known by their links", () => {
    const system = createPps([uncertain("a", [page]), uncertain("b", ["https://shop.test/"])]);
    expect(guidsOf(find(system, { inspect: 20 }))).toEqual(["a"]);
    expect(system.asked.filter(isRaw)).toHaveLength(2);
  });

  test("are not opened more often than wanted, and a few of a mailing stand for all of it", () => {
    const many = Array.from({ length: 30 }, (_, index) => uncertain(`m${index}`, [page]));
    const sampled = createPps(many);
    expect(guidsOf(find(sampled, { inspect: 20 }))).toHaveLength(30);
    expect(sampled.asked.filter(isRaw).length).toBeLessThan(5);
    const frugal = createPps(many);
    find(frugal, { inspect: 1 });
    expect(frugal.asked.filter(isRaw)).toHaveLength(1);
  });

  test("do not stand for a mailing in which others turn out to be honest", () => {
    const mixed = Array.from({ length: 30 }, (_, index) => uncertain(`m${index}`, index % 2 === 0 ? [page] : []));
    const system = createPps(mixed);
    const opened = new Set(guidsOf(find(system, { inspect: 20 })));
    const honest = mixed.filter(({ guid, urls }) => urls?.length === 0 && opened.has(guid));
    expect(honest).toEqual([]);
  });

  test("are not fetched where the host cannot take them apart", () => {
    const system = createPps([uncertain("a", [page])]);
    const found = find(system, { inspect: 20, context: { ...context, hasMailParser: false } });
    expect(guidsOf(found, "weak")).toEqual(["a"]);
    expect(system.asked.filter(isRaw)).toEqual([]);
  });

  test("that have gone meanwhile stay what they are", () => {
    const system = createPps([uncertain("a", [page])], {
      fate: (request) => (isRaw(request) ? { status: 404, text: "gone" } : undefined),
    });
    expect(find(system, { inspect: 20 })).toMatchObject({ notes: [], messages: [{ guid: "a", strength: "weak" }] });
  });
});

describe("calls", () => {
  const rotating = (count: number) =>
    Array.from(
      { length: count },
      (_, index): Mail => ({
        guid: `m${index}`,
        sender: `otto${index}@cash${index % 5}-point.test`,
        folder: index % 2 === 0 ? "Phish" : "Spam",
        minutesAgo: 1 + index,
      }),
    );

  test("do not grow with the messages as long as answers hold them", () => {
    const [few, many] = [createPps(rotating(40)), createPps(rotating(400))];
    const found = find(many);
    expect(guidsOf(found)).toHaveLength(400);
    expect(found.requests).toBe(many.asked.length);
    find(few);
    expect(many.asked.length - few.asked.length).toBeLessThan(30);
    expect(few.asked.length).toBeLessThan(30);
  });

  test("end after four hundred, which is said", () => {
    const names = Array.from({ length: 500 }, (_, index) => ({ name: `Folder ${index}`, moduleType: "mail" as const }));
    const system = createPps(rotating(40));
    const found = find(system, { folders: names.map(({ name }) => name), context: { ...context, folders: names } });
    expect(found.truncated).toBe(true);
    expect(found.notes.join(" ")).toContain("given up after 400 requests");
    expect(system.asked.length).toBeLessThan(600);
  });

  test("never ask for all mail of a provider, of the site itself or of an inner relay", () => {
    const system = createPps([]);
    const seeds = [
      {
        ...seed,
        envelopeSender: "mia@gmail.com",
        headerSenders: ["boss@corp.example"],
        sendingIp: "10.0.0.1",
        subject: "Hello",
      },
    ];
    find(system, {}, seeds);
    const asked = system.asked.flatMap(({ query = [] }) => query.map(([name, value]) => `${name} ${value}`));
    expect(asked).toContain("env_from mia@gmail.com");
    expect(asked.filter((text) => /^(env_from|from) \*@|^host |^subject /.test(text))).toEqual([]);
  });
});
