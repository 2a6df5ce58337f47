import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/temporary-directory.ts";
import { createClock } from "../clock.ts";
import { createFolders } from "../folders.ts";
import type { Arrival, MailFacts, Verdict } from "../mail.ts";
import { resolveQuirks } from "../quirks.ts";
import { createRandom } from "../random.ts";
import { createStore } from "./sqlite-store.ts";
import type { SyntheticMessage } from "./store.ts";

const now = 1_770_000_000;

function open(file?: string, folders: string[] = []) {
  const clock = createClock();
  clock.set(now * 1000, true);
  return createStore({
    file,
    folders: createFolders(folders),
    quirks: resolveQuirks("onprem"),
    clock,
    random: createRandom(1),
    composeSynthetic: ({ guid }) => Buffer.from(guid),
  });
}

const arrival = (guid: string): Arrival => ({
  guid,
  qid: `q-${guid}`,
  sid: `s-${guid}`,
  receivedAt: now * 1000 + 999,
  envelope: { from: "ann@example.net", to: ["bob@example.com", "bob@example.com", "Eve@example.com"] },
  peer: { ip: "192.0.2.7", host: "", helo: "mx", tls: "TLSv1.3" },
  raw: Buffer.from(`raw of ${guid} \0\u00ff`),
});

const facts: MailFacts = { subject: "s", messageId: "m", headerFrom: "", attachmentNames: [], sizeBytes: 12 };

const verdict = (folder?: string): Verdict => ({
  action: folder === undefined ? "deliver" : "hold",
  folder,
  final: { module: "spam", rule: "definite" },
  hits: [],
  spamScore: 99.5,
  viruses: [],
  routes: [],
  dlp: [{ rule: "cards", matches: ["4111"] }],
  durationSeconds: 0.1,
});

const everything = {
  folder: "Quarantine",
  window: { first: 0, last: now * 2 },
  sender: "any",
  recipient: "any",
  subject: "any",
  limit: 1000,
} as const;

const synthetic = (index: number): SyntheticMessage => ({
  guid: `g${index}`,
  folder: "Bulk",
  receivedAt: now - index,
  subject: `Offer ${index % 10}`,
  messageId: "",
  from: "news@example.net",
  rcpts: ["bob@example.com"],
  sizeBytes: 10,
  spamScore: undefined,
  hostIp: "mx.example.net [192.0.2.1]",
  processingServer: "pps.example.com",
  dlp: "",
});

test("a held message keeps its envelope, bytes and findings", () => {
  const store = open();
  const held = store.hold(arrival("a"), facts, verdict("PCI"));
  expect(held).toMatchObject({
    guid: "a",
    folder: "PCI",
    receivedAt: now,
    from: "ann@example.net",
    rcpts: ["bob@example.com", "Eve@example.com"],
    spamScore: 99.5,
    hostIp: "[192.0.2.7] [192.0.2.7]",
    dlp: '[{"rule":"cards","matches":["4111"]}]',
  });
  const found = store.findByGuid("a");
  expect(found && store.raw(found)).toEqual(arrival("a").raw);
  expect(found && store.arrivalOf(found)).toEqual({
    ...arrival("a"),
    receivedAt: now * 1000,
    envelope: { from: "ann@example.net", to: held.rcpts },
  });
  store.close();
});

test("a message cannot be held in no folder or an unknown one", () => {
  const store = open();
  expect(() => store.hold(arrival("a"), facts, verdict())).toThrow("in a folder");
  expect(() => store.hold(arrival("a"), facts, verdict("Nix"))).toThrow('no folder "Nix"');
  expect(store.stats()).toEqual({ held: {}, traced: 0, journalled: 0 });
  store.close();
});

test("everything survives a restart: mail, ids, traces, journal, statuses and pending effects", () => {
  const file = join(temporaryDirectory(), "gateway.db");
  const effect = { action: "delete", localGuid: "1:1:1", folder: "Quarantine", requestId: "r", username: "u" } as const;
  const before = open(file, ["Zeta"]);
  expect(before.earlierRuns).toBe(0);
  const held = before.hold(arrival("a"), facts, verdict("Zeta"));
  before.trace(arrival("a"), facts, verdict("Zeta"));
  before.trace(arrival("b"), facts, verdict());
  before.note({ effect: "held", guid: "a", folder: "Zeta" });
  before.schedule(now * 1000, effect);
  const [message] = before.findByLocalGuid(held.localGuid);
  if (message) before.addStatus(message, { text: "Released", at: now, user: "u" });
  before.close();

  const after = open(file, ["Alpha", "Zeta"]);
  expect(after.earlierRuns).toBe(1);
  expect(after.stats()).toEqual({ held: { Zeta: 1 }, traced: 2, journalled: 1 });
  const [again] = after.findByLocalGuid(held.localGuid);
  expect(again).toMatchObject({ ...held, statuses: [{ text: "Released", at: now, user: "u" }] });
  expect(again && after.raw(again)).toEqual(arrival("a").raw);
  expect(after.journal()).toMatchObject([{ sequence: 1, effect: "held", guid: "a", folder: "Zeta" }]);
  expect(after.dueEffects(now * 1000)).toEqual([{ id: 1, due: now * 1000, effect }]);
  expect(after.hold(arrival("c"), facts, verdict("Alpha")).localGuid).not.toBe(held.localGuid);
  after.close();
});

test("a file of another layout is refused", () => {
  const file = join(temporaryDirectory(), "gateway.db");
  const other = new DatabaseSync(file);
  other.exec("PRAGMA user_version = 99");
  other.close();
  expect(() => open(file)).toThrow("has layout 99");
});

test("a hold and its trace share one record, a second copy in another folder is held without one", () => {
  const store = open();
  store.hold(arrival("a"), facts, verdict("Quarantine"));
  store.hold(arrival("a"), facts, verdict("Phish"));
  store.trace(arrival("a"), facts, verdict("Phish"));
  expect(store.stats()).toMatchObject({ held: { Quarantine: 1, Phish: 1 }, traced: 1 });
  store.close();
});

test("reset forgets everything, and what comes after is found again", () => {
  const store = open();
  store.hold(arrival("a"), facts, verdict("Quarantine"));
  store.trace(arrival("a"), facts, verdict("Quarantine"));
  store.note({ effect: "held", guid: "a" });
  store.schedule(1, { action: "delete", localGuid: "1:1:1", folder: "Quarantine", requestId: "r", username: "u" });
  store.reset();
  expect(store.stats()).toEqual({ held: {}, traced: 0, journalled: 0 });
  expect([store.journal(), store.nextDue(), store.findByGuid("a")]).toEqual([[], undefined, undefined]);
  store.hold(arrival("b"), { ...facts, subject: "subject" }, verdict("Quarantine"));
  const subject = [{ kind: "contains", text: "bjec", isExactCase: false }] as const;
  expect(store.search({ ...everything, subject }).map(({ guid }) => guid)).toEqual(["b"]);
  store.close();
});

test("a bulk load is indexed like single messages and leaves out nothing", () => {
  const store = open();
  store.hold(arrival("a"), facts, verdict("Bulk"));
  const many = function* () {
    for (let index = 0; index < 50_100; index++) yield synthetic(index);
  };
  expect(store.holdSynthetic(many())).toBe(50_100);
  expect(store.holdSynthetic([synthetic(50_100)])).toBe(1);
  expect(store.stats().held).toEqual({ Bulk: 50_102 });
  const bulk = { ...everything, folder: "Bulk" };
  expect(store.count(bulk)).toBe(50_102);
  const subject = [{ kind: "ends", text: "OFFER 3", isExactCase: false }] as const;
  expect(store.count({ ...bulk, subject })).toBe(5010);
  expect(store.search({ ...bulk, subject, limit: 2 }).map(({ guid }) => guid)).toEqual(["g3", "g13"]);
  expect(store.findByGuid("g49999")?.receivedAt).toBe(now - 49_999);
  store.close();
});

test("a bulk load that breaks off leaves nothing behind and the indexes whole", () => {
  const store = open();
  const broken = function* () {
    for (let index = 0; index < 50_100; index++) yield synthetic(index);
    throw new Error("no more");
  };
  expect(() => store.holdSynthetic(broken())).toThrow("no more");
  expect(store.stats().held).toEqual({});
  store.holdSynthetic([synthetic(1)]);
  expect(store.search({ ...everything, folder: "Bulk" })).toHaveLength(1);
  store.close();
});

test("journal entries are numbered and can be read from a number on", () => {
  const store = open();
  for (const guid of ["a", "b", "c"]) store.note({ effect: "delivered", guid, recipients: ["bob@example.com"] });
  expect(store.journal(1).map(({ sequence, guid }) => [sequence, guid])).toEqual([
    [2, "b"],
    [3, "c"],
  ]);
  expect(store.journal()[0]?.at).toBe(new Date(now * 1000).toISOString());
  store.close();
});
