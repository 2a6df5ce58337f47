import { createTransport } from "nodemailer";
import { describe, expect, test } from "vitest";
import type { ListOutcome } from "../../src/commands/index.ts";
import type { Fault } from "../../src/simulator/index.ts";
import { habits, type Lab, openLab } from "./lab.ts";

// pps-api.md 6 and 7: what the lists say is obeyed by the next real message, and what a command reports of a list is so.

const withCloud = habits.map(
  ([name, options]) => [name, { ...options, quirks: { ...options.quirks, "cloud-lists": "present" } }] as const,
);

const phisher = "billing@parcels.test";
const ann = "ann@example.com";
const bob = "bob@example.com";

const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)", "7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"].join("");
const gtube = ["XJS*C4JDBQADN1.NSBN3*2IDNEN*", "GTUBE-STANDARD-", "ANTI-UBE-TEST-EMAIL*C.34X"].join("");

/** Sends one message by SMTP, once PPS follows its lists, and tells whose mailboxes it reached. */
async function mail({ simulator }: Lab, { from = phisher, to = [ann], text = "Your parcel waits." } = {}) {
  simulator.clock.advance(20 * 60_000);
  const [host, port] = simulator.smtp.split(":");
  const subject = `Message ${simulator.journal().length}`;
  const transport = createTransport({ host: String(host), port: Number(port), tls: { rejectUnauthorized: false } });
  await transport.sendMail({ from, to, subject, text });
  transport.close();
  return to.filter((address) => simulator.mailbox(address).some(({ raw }) => raw.toString().includes(subject)));
}

const kinds = (outcomes: readonly ListOutcome[]) => outcomes.map(({ entry, outcome }) => [entry, outcome]);
const blocked = ({ simulator }: Lab) => simulator.organisationLists.entries("block").map(({ value }) => value);

describe.each(withCloud)("%s", (_name, options) => {
  test("a blocked sender's next message is held and its trace names the list; unblocked, it gets through", async () => {
    const lab = await openLab(options);
    expect(await mail(lab)).toEqual([ann]);
    expect(kinds((await lab.pps.blocklist.add({ entries: [phisher] })).outcomes)).toEqual([[phisher, "accepted"]]);
    expect(await mail(lab)).toEqual([]);
    lab.simulator.clock.advance(20 * 60_000);
    const { messages } = await lab.pps.quarantine.list({ sender: phisher, folder: ["Blocked"], since: "1 hour" });
    expect(messages).toHaveLength(1);
    const { records } = await lab.pps.trace.search({ guid: String(messages[0]?.guid), since: "1 hour" });
    expect(JSON.stringify(records)).toMatch(/organisation_?blocklist/);
    expect(kinds((await lab.pps.blocklist.remove({ entries: [phisher] })).outcomes)).toEqual([[phisher, "accepted"]]);
    expect(await mail(lab)).toEqual([ann]);
    expect(lab.reported).toEqual([]);
  });

  test("a trusted sender's spam gets through, his virus does not", async () => {
    const lab = await openLab(options);
    expect(await mail(lab, { text: gtube })).toEqual([]);
    await lab.pps.safelist.add({ entries: ["parcels.test"] });
    expect(await mail(lab, { text: gtube })).toEqual([ann]);
    expect(await mail(lab, { text: eicar })).toEqual([]);
  });

  test("a user's own block list holds the mail for that user alone", async () => {
    const lab = await openLab(options);
    expect(await mail(lab, { to: [ann, bob] })).toEqual([ann, bob]);
    const { outcomes } = await lab.pps.blocklist.add({ entries: [phisher], user: [bob] });
    expect(outcomes).toMatchObject([{ user: bob, outcome: "done" }]);
    expect(await mail(lab, { to: [ann, bob] })).toEqual([ann]);
    const listed = await lab.pps.users.blocklist.list({ user: [bob] });
    expect(listed.entries).toMatchObject([{ user: bob, entry: phisher }]);
    await lab.pps.users.blocklist.remove({ entries: [phisher], user: [bob] });
    const { entries } = await lab.pps.users.blocklist.list({ user: [bob] });
    // Where PPS does not take the field, the entry stays, and the outcome has said so.
    if (entries.length === 0) expect(await mail(lab, { to: [ann, bob] })).toEqual([ann, bob]);
  });

  test("adding twice and removing twice changes nothing the second time, whoever asks", async () => {
    const lab = await openLab(options);
    const entries = ["Evil.TEST", "hxxp://evil[.]test/pay", "198.51.100.0/24"];
    expect(kinds((await lab.pps.blocklist.add({ entries })).outcomes)).toEqual([
      ["@evil.test", "accepted"],
      ["198.51.100.0/24", "accepted"],
    ]);
    const other = lab.connect();
    const again = await other.blocklist.add({ entries });
    expect(again.counts).toEqual({ unchanged: 2 });
    expect((await other.blocklist.remove({ entries })).counts).toMatchObject({ accepted: 2 });
    expect((await lab.pps.blocklist.remove({ entries: ["evil.test"] })).counts).toEqual({ unchanged: 1 });
    expect(blocked(lab)).toEqual([]);
  });

  test("more entries than the rate allows are all added, and the API is never asked too often", async () => {
    const lab = await openLab(options);
    const entries = Array.from({ length: 25 }, (_, index) => `sender${index}@bulk.test`);
    const { counts } = await lab.pps.blocklist.add({ entries });
    expect(counts).toEqual({ accepted: 25 });
    expect(blocked(lab)).toHaveLength(25);
    expect(lab.waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThanOrEqual(2 * 60_000);
  });

  const breaks: Fault[] = [
    { kind: "reset", count: 1 },
    { kind: "lose-answer", count: 1 },
    { kind: "status", status: 503, count: 1 },
    { kind: "status", status: 500, count: 1 },
    { kind: "html", count: 1 },
    { kind: "truncated-json", count: 1 },
  ];
  test.each(breaks.map((fault) => [`${fault.kind} ${fault.status ?? ""}`, fault] as const))(
    "after %s the outcome is what the list says, and the entry stands there once",
    async (_fault, fault) => {
      const lab = await openLab(options);
      await lab.pps.blocklist.list();
      lab.simulator.faults.add({ ...fault, route: "POST /api/v1/emailProtection/*" });
      const { outcomes } = await lab.pps.blocklist.add({ entries: [phisher] });
      expect(outcomes).toMatchObject([{ outcome: "accepted" }]);
      expect(blocked(lab)).toEqual([phisher]);
      expect(lab.simulator.journal().filter(({ effect }) => effect === "listed")).toHaveLength(1);
    },
  );

  test("a list that was exported keeps a copy equal, entry by entry", async () => {
    const lab = await openLab(options);
    await lab.pps.blocklist.add({ entries: ["evil.test", "*.bad.test", "192.0.2.7"], comment: "Case 4711" });
    const { entries } = await lab.pps.blocklist.list();
    const file = JSON.stringify({ entries });
    const copy = await openLab(options);
    await copy.pps.blocklist.sync({ file });
    const values = (of: Lab) => of.simulator.organisationLists.entries("block").map(({ comment: _, ...rest }) => rest);
    expect(values(copy)).toEqual(values(lab));
    expect((await copy.pps.blocklist.list()).entries[0]).toMatchObject({ comment: "Case 4711", managedBy: "sync" });
    expect((await copy.pps.blocklist.sync({ file })).outcomes).toEqual([]);
  });
});

test("on premises without the cloud API a user's own list still works", async () => {
  const lab = await openLab({ profile: "onprem" });
  await expect(lab.pps.blocklist.add({ entries: [phisher] })).rejects.toMatchObject({
    code: "bad_input",
    message: expect.stringContaining("cloudClientId"),
  });
  await mail(lab);
  expect((await lab.pps.blocklist.add({ entries: [phisher], user: [ann] })).counts).toEqual({ done: 1 });
});
