import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Fault } from "../../src/simulator/index.ts";
import { effectsOn } from "../simulator/effects.ts";
import { delivered, foldersOf, habits, hold, type Lab, openLab } from "./lab.ts";

// pps-api.md 4.1, 9 rows 12 and 13: a release may not be repeated blindly. Whatever a person asks for and however often, the
// gateway's own journal says that the message left once, and that malware never did.

const withCloud = habits.map(
  ([name, options]) =>
    [
      name,
      { ...options, quirks: { ...options.quirks, "cloud-lists": "present", "cloud-call-limit": "none" } },
    ] as const,
);

const partner = "news@partner.test";
const ann = "ann@example.com";
const bob = "bob@example.com";

const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)", "7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"].join("");
const gtube = ["XJS*C4JDBQADN1.NSBN3*2IDNEN*", "GTUBE-STANDARD-", "ANTI-UBE-TEST-EMAIL*C.34X"].join("");
const card = "Pay with 4111 1111 1111 1111.";

let sent = 0;

/** Takes one message through the gateway's filters, and gives its guid. */
async function send({ simulator }: Lab, { from = partner, to = [ann], text = gtube } = {}): Promise<string> {
  sent++;
  const lines = [`From: <${from}>`, `To: <${to[0]}>`, `Subject: Letter ${sent}`, `Message-ID: <${sent}@partner.test>`];
  const raw = Buffer.from([...lines, "", text, ""].join("\r\n"));
  const { guid } = await simulator.send({ envelope: { from, to }, raw });
  // Smart Search follows some time behind.
  simulator.clock.advance(20 * 60_000);
  return guid;
}

const handled = expect.stringMatching(/^(done|accepted)$/) as string;

function releases(lab: Lab, guid: string): Promise<string[]> {
  return effectsOn(lab, guid).then((effects) => effects.filter((effect) => effect === "released"));
}

// What the gateway's habits touch: ids, answers, the time of effects, the shape of lists.
describe.each(withCloud)("with the habits of %s", (_habit, options) => {
  test("a message is released once into the folder for deleted mail, and a second run delivers nothing", async () => {
    const lab = await openLab(options);
    const guid = await send(lab, { to: [ann, bob] });
    const first = await lab.pps.respond.falsePositive({ guid });
    expect(first.outcomes).toMatchObject([{ action: "release", guid, folder: "Quarantine", outcome: handled }]);
    expect(await effectsOn(lab, guid)).toEqual(["released"]);
    expect(foldersOf(lab, guid)).toEqual(["Deleted"]);
    const second = await lab.pps.respond.falsePositive({ guid });
    expect(second.outcomes).toMatchObject([{ action: "release", guid, folder: "Deleted", outcome: "unchanged" }]);
    expect(await effectsOn(lab, guid)).toEqual(["released"]);
    for (const address of [ann, bob]) expect(delivered(lab, address)).toHaveLength(1);
    expect(lab.reported).toEqual([]);
  });

  test("two runs one after the other deliver it once, whenever the first takes effect", async () => {
    const lab = await openLab(options);
    const guid = await send(lab);
    await lab.pps.respond.falsePositive({ guid });
    await lab.pps.respond.falsePositive({ guid });
    expect(await releases(lab, guid)).toEqual(["released"]);
    expect(delivered(lab, ann)).toHaveLength(1);
  });

  const breaks: Omit<Fault, "route">[] = [
    { kind: "lose-answer", count: 1 },
    { kind: "reset", count: 1 },
  ];
  test.each(breaks.map((fault) => [fault.kind, fault] as const))(
    "after %s the outcome is true, and a second run leaves it delivered once",
    async (_kind, fault) => {
      const lab = await openLab(options);
      const guid = await send(lab);
      lab.simulator.faults.add({ ...fault, route: "POST /quarantine" });
      const { outcomes } = await lab.pps.respond.falsePositive({ guid });
      lab.simulator.faults.clear();
      const happened = await releases(lab, guid);
      if (outcomes[0]?.outcome !== "unknown") expect([outcomes[0]?.outcome, happened]).toEqual([handled, ["released"]]);
      await lab.pps.respond.falsePositive({ guid });
      expect(await releases(lab, guid)).toEqual(["released"]);
      expect(delivered(lab, ann)).toHaveLength(1);
    },
  );

  test("a virus is refused whatever is asked for, and its sender is not trusted", async () => {
    const lab = await openLab(options);
    const guid = await send(lab, { text: eicar });
    const asked = { guid, dlp: true, others: true, scan: true, safelist: "user" } as const;
    const { outcomes, checks, notes } = await lab.pps.respond.falsePositive(asked);
    expect(outcomes).toMatchObject([
      { action: "release", outcome: "refused", message: expect.stringContaining("malware") },
    ]);
    expect(notes).toContain("Its sender was not put on a safelist, as it was not released now.");
    expect(checks).toContainEqual(expect.objectContaining({ name: "virus", state: "stop" }));
    expect(await effectsOn(lab, guid)).toEqual([]);
    expect(delivered(lab, ann)).toEqual([]);
  });

  test("what DLP rules hold is released only where that is asked for, and goes to DLP's own deleted mail", async () => {
    const lab = await openLab(options);
    const guid = await send(lab, { from: ann, to: ["buyer@partner.test"], text: card });
    const refused = await lab.pps.respond.falsePositive({ guid });
    expect(refused.outcomes).toMatchObject([{ outcome: "refused", folder: "PCI" }]);
    expect(await effectsOn(lab, guid)).toEqual([]);
    expect(JSON.stringify(refused)).not.toContain("4111 1111");
    const { outcomes } = await lab.pps.respond.falsePositive({ guid, dlp: true });
    expect(outcomes).toMatchObject([{ outcome: handled, folder: "PCI" }]);
    expect(await effectsOn(lab, guid)).toEqual(["released"]);
    expect(foldersOf(lab, guid)).toEqual(["Deleted Incidents"]);
    expect(delivered(lab, "buyer@partner.test")).toHaveLength(1);
    const again = await lab.pps.respond.falsePositive({ guid });
    expect(again.outcomes).toMatchObject([
      { outcome: "unchanged", message: expect.stringMatching(/^It lies in Deleted/) },
    ]);
  });

  test.each(["user", "organisation"] as const)(
    "with safelist %s the sender's next mail passes, though a virus of his does not",
    async (safelist) => {
      const lab = await openLab(options);
      const guid = await send(lab);
      const { outcomes } = await lab.pps.respond.falsePositive({ guid, safelist });
      expect(outcomes).toMatchObject([
        { action: "release", outcome: handled },
        { action: "trust", entry: partner, outcome: handled, ...(safelist === "user" ? { user: ann } : {}) },
      ]);
      lab.simulator.clock.advance(20 * 60_000);
      await lab.simulator.settle();
      expect(delivered(lab, ann)).toHaveLength(1);
      await send(lab);
      await send(lab, { text: eicar });
      expect(delivered(lab, ann)).toHaveLength(2);
    },
  );

  test("others held for the same reason are offered, then released once each", async () => {
    const lab = await openLab(options);
    const guid = await send(lab);
    const like = [await send(lab, { from: "shop@partner.test" }), await send(lab, { to: [bob] })];
    const unlike = [
      await send(lab, { from: "x@elsewhere.test" }),
      await send(lab, { text: eicar }),
      await send(lab, { from: "a@sub.partner.test" }),
    ];
    const offered = await lab.pps.respond.falsePositive({ guid });
    const left = offered.outcomes.filter(({ outcome }) => outcome === "left");
    expect(left.map((item) => item.guid).sort()).toEqual([...like].sort());
    expect(left[0]?.reasons?.slice(0, 2)).toEqual(["sender @partner.test", "folder Quarantine"]);
    for (const each of like) expect(await effectsOn(lab, each)).toEqual([]);
    const second = await lab.pps.respond.falsePositive({ guid, others: true });
    expect(second.counts).toMatchObject({ unchanged: 1 });
    for (const each of [guid, ...like]) expect(await effectsOn(lab, each)).toEqual(["released"]);
    for (const each of unlike) expect(await effectsOn(lab, each)).toEqual([]);
    const third = await lab.pps.respond.falsePositive({ guid, others: true });
    expect(third.counts).toEqual({ unchanged: 1 });
    for (const each of [guid, ...like]) expect(await releases(lab, each)).toEqual(["released"]);
  });

  test("what lies among deleted mail without a release noted is not told as delivered", async () => {
    const lab = await openLab(options);
    const guid = await send(lab);
    const { messages } = await lab.pps.quarantine.list({ guid, since: "1 day" });
    const localGuids = [String(messages[0]?.localGuid)];
    await lab.pps.quarantine.delete({ localGuids, folder: "Quarantine", deletedFolder: "Deleted" });
    expect(await effectsOn(lab, guid)).toEqual(["deleted"]);
    const asked = { guid, safelist: "user", others: true } as const;
    const { outcomes, checks, notes } = await lab.pps.respond.falsePositive(asked);
    expect(outcomes).toMatchObject([
      {
        outcome: "refused",
        code: "refused",
        folder: "Deleted",
        message: expect.stringMatching(/^It lies in Deleted and PPS notes no release .* nobody received it\.$/),
        hint: expect.stringContaining("the command quarantine release takes it from Deleted by its local id"),
      },
    ]);
    expect(notes).toContain(outcomes[0]?.hint);
    expect(checks).toContainEqual(expect.objectContaining({ name: "released", state: "stop" }));
    expect(await effectsOn(lab, guid)).toEqual(["deleted"]);
    expect(delivered(lab, ann)).toEqual([]);
    // The hint leads on, and what it led to is seen.
    const localGuid = String(outcomes[0]?.localGuid);
    await lab.pps.quarantine.release({ localGuids: [localGuid], folder: "Deleted" });
    expect(await releases(lab, guid)).toEqual(["released"]);
    const again = await lab.pps.respond.falsePositive({ guid });
    expect(again.counts).toEqual({ unchanged: 1 });
    expect(await releases(lab, guid)).toEqual(["released"]);
    expect(delivered(lab, ann)).toHaveLength(1);
  });

  test("what was released in place is not released again, nor are others like it", async () => {
    const lab = await openLab(options);
    const guids = [await send(lab), await send(lab, { to: [bob] })];
    const { messages } = await lab.pps.quarantine.list({ sender: partner, since: "1 day" });
    const localGuids = messages.map(({ localGuid }) => localGuid);
    expect(localGuids).toHaveLength(2);
    await lab.pps.quarantine.release({ localGuids, folder: "Quarantine" });
    for (const guid of guids) expect(await effectsOn(lab, guid)).toEqual(["released"]);
    const [guid = "", other = ""] = guids;
    const told = await lab.pps.respond.falsePositive({ guid });
    expect(told.counts).toEqual({ unchanged: 1, left: 1 });
    expect(told.notes).toContainEqual(
      expect.stringMatching(/^1 other is held for the same reason .*; none of them would be released\.$/),
    );
    const { outcomes, checks, notes } = await lab.pps.respond.falsePositive({ guid, others: true, safelist: "user" });
    expect(outcomes).toMatchObject(
      [guid, other].map((id) => ({
        guid: id,
        outcome: "unchanged",
        folder: "Quarantine",
        message: expect.stringMatching(/^PPS notes that it was released already \(Released, \d{4}-\S+Z\): another/),
        hint: expect.stringContaining("once more, the command quarantine release takes it from Quarantine"),
      })),
    );
    expect(checks).toContainEqual(expect.objectContaining({ name: "released", state: "stop" }));
    expect(notes).toContain("Its sender was not put on a safelist, as it was not released now.");
    for (const id of guids) expect(await effectsOn(lab, id)).toEqual(["released"]);
    for (const address of [ann, bob]) expect(delivered(lab, address)).toHaveLength(1);
  });

  test("where no folder for deleted mail is configured, repeats deliver the message and the others once", async () => {
    const lab = await openLab(options, { folders: ["Quarantine"] });
    const guids = [await send(lab), await send(lab, { to: [bob] })];
    const asked = { guid: guids[0] ?? "", others: true };
    expect((await lab.pps.respond.falsePositive(asked)).outcomes).toMatchObject([
      { outcome: handled },
      { outcome: handled },
    ]);
    for (const guid of guids) expect(await effectsOn(lab, guid)).toEqual(["released"]);
    expect((await lab.pps.respond.falsePositive(asked)).counts).toEqual({ unchanged: 2 });
    for (const guid of guids) expect(await effectsOn(lab, guid)).toEqual(["released"]);
    for (const address of [ann, bob]) expect(delivered(lab, address)).toHaveLength(1);
  });

  test("a message is found by its local id in its folder, and never released twice by it", async () => {
    const lab = await openLab(options);
    const [guid = ""] = hold(lab, [{ ago: 3600, folder: "Bulk", rcpts: [ann] }]);
    const { messages } = await lab.pps.quarantine.list({ guid, folder: ["Bulk"], since: "1 day" });
    const named = { localGuid: String(messages[0]?.localGuid), folder: "bulk" };
    const { outcomes } = await lab.pps.respond.falsePositive(named);
    expect(outcomes).toMatchObject([{ guid, folder: "Bulk", outcome: handled }]);
    expect(await effectsOn(lab, guid)).toEqual(["released"]);
    const second = await lab.pps.respond.falsePositive(named).catch((error: { code: string }) => error.code);
    if (second !== "not_found") expect(second).toMatchObject({ counts: { unchanged: 1 } });
    expect(await effectsOn(lab, guid)).toEqual(["released"]);
  });
});

// What they do not.
describe.each(withCloud.slice(0, 2))("%s", (_habit, options) => {
  test("a virus that was moved to another folder is refused too, for the trace remembers", async () => {
    const lab = await openLab(options);
    const guid = await send(lab, { text: eicar });
    const { messages } = await lab.pps.quarantine.list({ guid, folder: ["Virus"], since: "1 day" });
    await lab.pps.quarantine.move({
      localGuids: [String(messages[0]?.localGuid)],
      folder: "Virus",
      targetFolder: "Audit",
    });
    expect(await effectsOn(lab, guid)).toEqual(["moved"]);
    const { outcomes } = await lab.pps.respond.falsePositive({ guid });
    expect(outcomes).toMatchObject([{ outcome: "refused", folder: "Audit" }]);
    expect(await releases(lab, guid)).toEqual([]);
  });

  test.each(["gmail.com", "example.com"])("others of %s are those of the address alone", async (domain) => {
    const lab = await openLab(options);
    const guid = await send(lab, { from: `one@${domain}` });
    const same = await send(lab, { from: `One@${domain}`, to: [bob] });
    const stranger = await send(lab, { from: `two@${domain}`, to: [bob] });
    await lab.pps.respond.falsePositive({ guid, others: true });
    for (const each of [guid, same]) expect(await effectsOn(lab, each)).toEqual(["released"]);
    expect(await effectsOn(lab, stranger)).toEqual([]);
  });

  test("a file of a type that is not let in is refused for its folder, and not called malware", async () => {
    const lab = await openLab(options);
    const raw = readFileSync(new URL("../../samples/mail/46-attachment-exe.eml", import.meta.url));
    const { guid } = await lab.simulator.send({ envelope: { from: partner, to: [ann] }, raw });
    lab.simulator.clock.advance(20 * 60_000);
    const { outcomes } = await lab.pps.respond.falsePositive({ guid });
    expect(outcomes).toMatchObject([
      {
        outcome: "refused",
        folder: "Attachment Defense",
        message: expect.stringMatching(
          /^Folder Attachment Defense is one for malware, .* was policy\.blocked_attachment\.$/,
        ),
      },
    ]);
    expect(await effectsOn(lab, guid)).toEqual([]);
    expect(delivered(lab, ann)).toEqual([]);
  });

  test("what a scan holds again is not told as released", async () => {
    const lab = await openLab(options);
    const guid = await send(lab, { from: ann, to: ["buyer@partner.test"], text: card });
    const { outcomes } = await lab.pps.respond.falsePositive({ guid, dlp: true, scan: true });
    expect(outcomes).toMatchObject([{ outcome: "accepted", message: expect.stringContaining("may hold it again") }]);
    expect(await effectsOn(lab, guid)).toEqual([]);
  });

  test("a message that went to a folder of another name is not released from there without being told so", async () => {
    const lab = await openLab(options);
    const guid = await send(lab);
    await lab.pps.respond.falsePositive({ guid, deletedFolder: "Audit" });
    expect(await effectsOn(lab, guid)).toEqual(["released"]);
    for (const named of [{}, { folder: "Audit" }]) {
      const { outcomes } = await lab.pps.respond.falsePositive({ guid, ...named });
      expect(outcomes).toMatchObject([{ outcome: "unchanged", folder: "Audit" }]);
      expect(outcomes[0]?.message).toMatch(/^PPS notes that it was released already /);
    }
    expect(await effectsOn(lab, guid)).toEqual(["released"]);
    expect(delivered(lab, ann)).toHaveLength(1);
  });

  test("a message that was moved, and of which no release is noted, is released only from a folder that is named", async () => {
    const lab = await openLab(options);
    const guid = await send(lab);
    const { messages } = await lab.pps.quarantine.list({ guid, since: "1 day" });
    const localGuids = [String(messages[0]?.localGuid)];
    await lab.pps.quarantine.move({ localGuids, folder: "Quarantine", targetFolder: "Audit" });
    expect(await effectsOn(lab, guid)).toEqual(["moved"]);
    const { outcomes } = await lab.pps.respond.falsePositive({ guid });
    expect(outcomes).toMatchObject([{ outcome: "refused", folder: "Audit" }]);
    expect(outcomes[0]?.message).toMatch(
      /^It was put into Quarantine and moved to Audit since, perhaps after a release/,
    );
    expect(await releases(lab, guid)).toEqual([]);
    await lab.pps.respond.falsePositive({ guid, folder: "Audit" });
    expect(await releases(lab, guid)).toEqual(["released"]);
  });

  test("others that are asked for again before PPS has released them are delivered once", async () => {
    const lab = await openLab({ ...options, quirks: { ...options.quirks, "queued-effect": "late" } });
    const guids = [await send(lab), await send(lab, { to: [bob] })];
    const asked = { guid: guids[0] ?? "", others: true };
    await lab.pps.respond.falsePositive(asked);
    await lab.pps.respond.falsePositive(asked);
    for (const guid of guids) expect(await releases(lab, guid)).toEqual(["released"]);
    for (const address of [ann, bob]) expect(delivered(lab, address)).toHaveLength(1);
  });

  test.each(["200", "202", "204"])(
    "what PPS answers with %s and has not done yet is accepted, of others too, and done once it is seen",
    async (status) => {
      const late = { ...options.quirks, "queued-effect": "late", "queued-status": status };
      const lab = await openLab({ ...options, quirks: late });
      const guids = [await send(lab), await send(lab, { to: [bob] })];
      const asked = { guid: guids[0] ?? "", others: true, safelist: "user" } as const;
      const { outcomes, notes } = await lab.pps.respond.falsePositive(asked);
      for (const guid of guids) expect(foldersOf(lab, guid)).toEqual(["Quarantine"]);
      expect(outcomes.filter(({ action }) => action === "release")).toMatchObject(
        guids.map((guid) => ({
          guid,
          outcome: "accepted",
          message: expect.stringMatching(/It has not come to Deleted yet\.$/),
          hint: "Look whether it lies in Deleted before it is released again.",
        })),
      );
      expect(outcomes).toContainEqual(expect.objectContaining({ action: "trust", user: ann, outcome: "done" }));
      expect(notes).toContain("PPS has only taken the release; the safelist does not wait for it.");
      for (const guid of guids) expect(await releases(lab, guid)).toEqual(["released"]);
      const { counts } = await lab.pps.respond.falsePositive(asked);
      expect(counts).toEqual({ unchanged: 1 });
    },
  );

  test("what is seen where it was to be put is done, though PPS only took the request", async () => {
    const soon = { ...options.quirks, "queued-effect": "soon", "queued-status": "202" };
    const lab = await openLab({ ...options, quirks: soon });
    const guids = [await send(lab), await send(lab, { to: [bob] })];
    const { outcomes } = await lab.pps.respond.falsePositive({ guid: guids[0] ?? "", others: true });
    expect(outcomes).toMatchObject(
      guids.map((guid) => ({ guid, outcome: "done", message: "Released; it lies in Deleted now." })),
    );
    for (const address of [ann, bob]) expect(delivered(lab, address)).toHaveLength(1);
  });

  test("a sender on the organisation's blocklist is warned of, as his next mail is held again", async () => {
    const lab = await openLab(options);
    await lab.pps.blocklist.add({ entries: ["partner.test"] });
    lab.simulator.clock.advance(20 * 60_000);
    const guid = await send(lab, { text: "See you on Monday." });
    const { outcomes, notes } = await lab.pps.respond.falsePositive({ guid });
    expect(outcomes).toMatchObject([{ outcome: handled, folder: "Blocked" }]);
    expect(notes).toContain(
      "The organisation's blocklist names it (sender contain @partner.test): the next message is held again.",
    );
  });

  test("a dry run shows checks and plan, and changes nothing", async () => {
    const lab = await openLab(options);
    const guid = await send(lab);
    await send(lab);
    const before = lab.simulator.journal().length;
    const asked = { guid, safelist: "organisation" } as const;
    const { outcomes, checks } = await lab.pps.respond.falsePositive(asked, { dryRun: true });
    expect(outcomes.map(({ action, outcome }) => [action, outcome])).toEqual([
      ["release", "planned"],
      ["trust", "planned"],
      ["release", "left"],
    ]);
    expect(checks.map(({ name }) => name)).toContain("virus");
    expect(lab.simulator.journal()).toHaveLength(before);
  });

  test("of a message that was not held it is said where it went", async () => {
    const lab = await openLab(options);
    const guid = await send(lab, { text: "See you on Monday." });
    const { outcomes } = await lab.pps.respond.falsePositive({ guid });
    expect(outcomes).toMatchObject([
      { outcome: "not_found", state: "delivered", message: expect.stringMatching(/delivered to ann@example\.com/) },
    ]);
    expect(await effectsOn(lab, guid)).toEqual(["delivered"]);
  });
});
