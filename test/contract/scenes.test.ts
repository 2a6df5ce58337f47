import { describe, expect, test } from "vitest";
import type { CommandNamed, InputOf } from "../../src/client/index.ts";
import type { Message } from "../../src/commands/index.ts";
import { effectsOn } from "../simulator/effects.ts";
import { delivered, foldersOf, habits, hold, holdOne, type Lab, noon, openLab } from "./lab.ts";

// The scenes of pps-api.md 11, and the quirks of section 9 they come from.

const all = { sender: "*", limit: "all" } as const;

/** Lists, and lets something happen after so many messages were handed on. */
async function listWhile(lab: Lab, input: InputOf<CommandNamed<"quarantine.list">>, after: number, happen: () => void) {
  const messages: Message[] = [];
  for await (const message of lab.pps.stream("quarantine.list", input)) {
    messages.push(message);
    if (messages.length === after) happen();
  }
  return messages;
}

describe.each(habits)("with the habits of %s", (_habit, options) => {
  test("mail that arrives and leaves during a walk neither hides nor repeats other mail (pps-api.md 9 row 5)", async () => {
    const lab = await openLab(options);
    const first = hold(
      lab,
      Array.from({ length: 2500 }, (_, index) => ({ ago: 600 + Math.floor(index / 4) })),
    );
    const { messages: known } = await lab.pps.quarantine.list(all);
    const leaving = known.slice(2200, 2260);
    const listed = await listWhile(lab, all, 300, () => {
      hold(
        lab,
        Array.from({ length: 40 }, (_, index) => ({ ago: 600 + index * 10 })),
      );
      for (const { localGuid } of leaving) {
        for (const stored of lab.simulator.store.findByLocalGuid(localGuid)) lab.simulator.store.remove(stored);
      }
    });
    const guids = listed.map(({ guid }) => guid);
    expect(new Set(guids).size).toBe(guids.length);
    const gone = new Set(leaving.map(({ guid }) => guid));
    expect(first.filter((guid) => !gone.has(guid) && !guids.includes(guid))).toEqual([]);
  });

  test("more than the cap in one second is named, and everything else is listed (pps-api.md 9 row 3)", async () => {
    const lab = await openLab(options);
    const others = hold(
      lab,
      Array.from({ length: 30 }, (_, index) => ({ ago: 100 + (index % 2 ? index + 1 : -index - 1) })),
    );
    const burst = hold(
      lab,
      Array.from({ length: 1080 }, () => ({ ago: 100 })),
    );
    const listing = await lab.pps.quarantine.list(all);
    const guids = listing.messages.map(({ guid }) => guid);
    expect(new Set(guids).size).toBe(guids.length);
    expect(guids).toEqual(expect.arrayContaining(others));
    expect(guids.filter((guid) => burst.includes(guid)).length).toBeGreaterThan(0);
    expect(listing.searched[0]?.incompleteSeconds).toEqual(["2026-03-04T11:58:20Z"]);
    expect(listing.truncated).toBe(true);
    expect(listing.notes[0]).toContain("Folder Quarantine: more messages came in the second 2026-03-04T11:58:20Z");
  });

  test("exactly the cap in one second is not called incomplete when nothing is missing", async () => {
    const lab = await openLab({ ...options, quirks: { ...options.quirks, "search-cap": "1000" } });
    hold(lab, [...Array.from({ length: 999 }, () => ({ ago: 100 })), { ago: 99 }, { ago: 101 }]);
    const listing = await lab.pps.quarantine.list(all);
    expect(listing.messages).toHaveLength(1001);
    expect(listing).toMatchObject({ truncated: false, notes: [] });
  });

  test("what another administrator has done is not done again, and is said (pps-api.md 10 row 5)", async () => {
    const lab = await openLab({ ...options, quirks: { ...options.quirks, "gone-id": "404", "refusal-status": "400" } });
    const [moved, removed, left] = [await holdOne(lab), await holdOne(lab), await holdOne(lab)];
    const { store } = lab.simulator;
    for (const stored of store.findByLocalGuid(moved.localGuid)) store.move(stored, "Audit");
    for (const stored of store.findByLocalGuid(removed.localGuid)) store.remove(stored);
    const { outcomes } = await lab.pps.quarantine.release({
      localGuids: [moved, removed, left].map((message) => JSON.stringify(message)),
    });
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      expect.stringMatching(/^(not_found|refused)$/),
      "not_found",
      expect.stringMatching(/^(done|accepted)$/),
    ]);
    expect(await effectsOn(lab, left.guid)).toEqual(["released"]);
    for (const { guid } of [moved, removed]) expect(await effectsOn(lab, guid)).toEqual([]);
  });

  test("a message in two folders is listed, shown and acted on for each by itself (pps-api.md 2.4)", async () => {
    const lab = await openLab(options);
    const guid = "_2wLx0Zc9VbN-pEa5sKdHu3fQm4rT7yJ";
    hold(lab, [
      { ago: 60, folder: "Quarantine", guid },
      { ago: 60, folder: "Phish", guid },
    ]);
    lab.simulator.clock.advance(10 * 60_000);
    const { messages } = await lab.pps.quarantine.list({ guid, allFolders: true });
    expect(messages.map(({ folder }) => folder).sort()).toEqual(["Phish", "Quarantine"]);
    expect((await lab.pps.message.show({ guid, folder: ["Phish", "Quarantine"] })).quarantine).toHaveLength(2);
    const inPhish = messages.filter(({ folder }) => folder === "Phish");
    const { outcomes } = await lab.pps.quarantine.delete({ localGuids: inPhish.map((one) => JSON.stringify(one)) });
    expect(outcomes).toMatchObject([{ folder: "Phish", outcome: expect.stringMatching(/^(done|accepted)$/) }]);
    expect(await effectsOn(lab, guid)).toEqual(["deleted"]);
    expect(foldersOf(lab, guid)).toEqual(["Quarantine"]);
  });

  test("a folder name with commas, blanks and signs works everywhere (pps-api.md 8 site's own, 9 row 22)", async () => {
    const name = "Legal, Paris & Köln [100%]";
    const lab = await openLab({ ...options, folders: [name] });
    const message = await holdOne(lab, { folder: name });
    expect(message.folder).toBe(name);
    const { outcomes } = await lab.pps.quarantine.move({
      localGuids: [message.localGuid],
      folder: name,
      targetFolder: "Audit",
    });
    expect(outcomes).toMatchObject([{ outcome: expect.stringMatching(/^(done|accepted)$/) }]);
    expect(await effectsOn(lab, message.guid)).toEqual(["moved"]);
    const [back] = (await lab.pps.quarantine.list({ guid: message.guid, folder: ["Audit"] })).messages;
    await lab.pps.quarantine.move({ localGuids: [back?.localGuid ?? ""], folder: "Audit", targetFolder: name });
    await effectsOn(lab, message.guid);
    expect(foldersOf(lab, message.guid)).toEqual([name]);
  });

  test("a bounce without sender is listed, shown and released (pps-api.md 2.4 from)", async () => {
    const lab = await openLab(options);
    const message = await holdOne(lab, { from: "", rcpts: ["ann@example.com"] });
    expect(message.sender).toBe("");
    lab.simulator.clock.advance(10 * 60_000);
    expect((await lab.pps.message.show({ guid: message.guid })).quarantine).toHaveLength(1);
    await lab.pps.quarantine.release({ localGuids: [JSON.stringify(message)], deletedFolder: "Deleted" });
    expect(await effectsOn(lab, message.guid)).toEqual(["released"]);
    expect(delivered(lab, "ann@example.com").map(({ envelope }) => envelope.from)).toEqual([""]);
  });

  test("resubmitted mail that is held again is one message more, not a loop (pps-api.md 9 row 17)", async () => {
    const lab = await openLab(options);
    const raw = Buffer.from(
      "From: a@shop.example\r\nSubject: lottery\r\n\r\nYou have won the lottery: million dollars\r\n",
    );
    const { guid } = await lab.simulator.send({ envelope: { from: "a@shop.example", to: ["ann@example.com"] }, raw });
    lab.simulator.clock.advance(60_000);
    const [message] = (await lab.pps.quarantine.list({ guid })).messages;
    const { outcomes } = await lab.pps.quarantine.resubmit({ localGuids: [JSON.stringify(message)] });
    expect(outcomes).toMatchObject([{ outcome: expect.stringMatching(/^(done|accepted)$/) }]);
    expect(await effectsOn(lab, guid)).toEqual(["resubmitted"]);
    const again = await lab.pps.quarantine.list({ sender: "a@shop.example" });
    expect(again.messages).toHaveLength(1);
    expect(delivered(lab, "ann@example.com")).toEqual([]);
  });

  test.each([-240, 240])(
    "a clock that is off by %i seconds loses no mail of the last minutes (pps-api.md 9 row 25)",
    async (off) => {
      const lab = await openLab(options);
      const [guid = ""] = hold(lab, [{ ago: 0 }]);
      const pps = lab.connect({ now: () => noon + off * 1000 });
      expect((await pps.quarantine.list({ sender: "*", since: "10 minutes" })).messages.map((one) => one.guid)).toEqual(
        [guid],
      );
    },
  );

  test("two clients that delete the same mail at once delete it once, and each is told the truth", async () => {
    const lab = await openLab({ ...options, quirks: { ...options.quirks, "gone-id": "404" } });
    const message = await holdOne(lab);
    const target = { localGuids: [JSON.stringify(message)] };
    const results = await Promise.all([lab.pps.quarantine.delete(target), lab.connect().quarantine.delete(target)]);
    const outcomes = results.flatMap((result) => result.outcomes.map(({ outcome }) => outcome));
    for (const outcome of outcomes) expect(["done", "accepted", "not_found"]).toContain(outcome);
    expect(await effectsOn(lab, message.guid)).toEqual(["deleted"]);
  });
});

test("a false-positive night is listed whole: 12,000 mails in waves (pps-api.md 11 scenes)", async () => {
  const lab = await openLab();
  await lab.simulator.generate({
    count: 12_000,
    folder: "Phish",
    from: "10h",
    to: "1h",
    shape: "burst",
    seed: "night",
  });
  const { messages, truncated, requests } = await lab.pps.quarantine.list({ ...all, folder: ["Phish"] });
  expect(new Set(messages.map(({ guid }) => guid)).size).toBe(12_000);
  expect(truncated).toBe(false);
  expect(requests).toBeLessThanOrEqual(1.2 * 12 + 8);
});

test("a message of 23 MB is downloaded whole (pps-api.md 3 body)", async () => {
  const lab = await openLab();
  const body = Buffer.alloc(23_000_000, `You have won the lottery: million dollars ${"0".repeat(900)}\r\n`);
  const raw = Buffer.concat([Buffer.from("From: a@shop.example\r\nSubject: lottery\r\n\r\n"), body]);
  const { guid, verdict } = await lab.simulator.send({
    envelope: { from: "a@shop.example", to: ["ann@example.com"] },
    raw,
  });
  expect(verdict.action).toBe("hold");
  const { sizeBytes } = await lab.pps.quarantine.download({ guid });
  expect(sizeBytes).toBeGreaterThanOrEqual(raw.length);
  await expect(lab.connect({ maxReplyBytes: 1_000_000 }).quarantine.download({ guid })).rejects.toMatchObject({
    code: "unexpected",
  });
});

test("sub-domains that PPS finds for a domain are pointed out before anybody acts on all (pps-api.md 10 row 9)", async () => {
  for (const [habit, count] of [
    ["left-out", 1],
    ["included", 2],
  ] as const) {
    const lab = await openLab({ quirks: { "sub-domains": habit } });
    hold(lab, [
      { ago: 60, from: "ann@shop.example" },
      { ago: 61, from: "bob@sub.shop.example" },
    ]);
    const { messages, notes, truncated } = await lab.pps.quarantine.list({ sender: "@shop.example" });
    expect(messages).toHaveLength(count);
    expect(truncated).toBe(false);
    expect(notes).toEqual(
      habit === "included"
        ? [
            "PPS found more than the sender pattern says to the letter, such as bob@sub.shop.example; look before you act on all.",
          ]
        : [],
    );
  }
});

test("DLP matches are fetched on request only, and masked (pps-api.md 2.4 dlpviolation)", async () => {
  for (const shape of ["rules", "flat"]) {
    const lab = await openLab({ quirks: { "dlp-shape": shape } });
    const raw = Buffer.from("From: a@shop.example\r\nSubject: order\r\n\r\nCard 4111 1111 1111 1111\r\n");
    await lab.simulator.send({ envelope: { from: "a@shop.example", to: ["ann@example.com"] }, raw });
    const input = { sender: "*", folder: ["PCI"] };
    const list = async (more: object) =>
      JSON.stringify((await lab.pps.quarantine.list({ ...input, ...more })).messages);
    expect(await list({})).not.toContain("dlpViolation");
    expect(await list({ dlp: "basic" })).toContain("credit_card");
    const details = await list({ dlp: "details" });
    expect(details).toContain("***1111");
    expect(details).not.toMatch(/4111|1111[ -]?1111/);
  }
});
