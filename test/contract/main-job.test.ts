import { describe, expect, test } from "vitest";
import { fileBytes } from "../../src/client/index.ts";
import { effectsOn } from "../simulator/effects.ts";
import { delivered, foldersOf, habits, hold, holdOne, openLab } from "./lab.ts";

const handled = expect.stringMatching(/^(done|accepted)$/) as string;

describe.each(habits)("with the habits of %s", (_habit, options) => {
  test("the connection test succeeds (pps-api.md 1 connection test)", async () => {
    const { pps, reported } = await openLab(options);
    expect(await pps.system.ping()).toMatchObject({ connected: true });
    expect(reported).toEqual([]);
  });

  test("a listing past the cap is complete and without doubles (pps-api.md 2.3 cap, 9 row 2)", async () => {
    const lab = await openLab(options);
    const guids = hold(
      lab,
      Array.from({ length: 2300 }, (_, index) => ({ ago: 60 + Math.floor(index / 3) })),
    );
    const listing = await lab.pps.quarantine.list({ sender: "*", limit: "all" });
    expect(listing.messages.map(({ guid }) => guid).sort()).toEqual(guids.sort());
    expect(listing).toMatchObject({ truncated: false, failed: false, notes: [] });
    const times = listing.messages.map(({ receivedAt }) => receivedAt ?? "");
    expect(times).toEqual([...times].sort().reverse());
    expect(lab.reported).toEqual([]);
  });

  test("a limit lists the newest and says that it cut (pps-api.md 2.3 order)", async () => {
    const lab = await openLab(options);
    const guids = hold(
      lab,
      Array.from({ length: 30 }, (_, index) => ({ ago: 60 + index })),
    );
    const cut = await lab.pps.quarantine.list({ sender: "*", limit: 20 });
    expect(cut.messages.map(({ guid }) => guid)).toEqual(guids.slice(0, 20));
    expect(cut.truncated).toBe(true);
    expect((await lab.pps.quarantine.list({ sender: "*", limit: 30 })).truncated).toBe(false);
  });

  test("nothing found is an empty list, not an error (pps-api.md 2.3 odd answers)", async () => {
    const { pps } = await openLab(options);
    expect(await pps.quarantine.list({ sender: "nobody@shop.example" })).toMatchObject({
      messages: [],
      truncated: false,
      searched: [{ folder: "Quarantine", state: "searched", found: 0 }],
    });
  });

  test("a record is read the same whatever form its values have (pps-api.md 2.4)", async () => {
    const lab = await openLab(options);
    const [guid = ""] = hold(lab, [
      { ago: 60, from: "ann@shop.example", rcpts: ["bob@example.com", "cem@example.com"], subject: 'a, "b" | c' },
    ]);
    const { messages } = await lab.pps.quarantine.list({ sender: "ann@shop.example", status: true, dlp: "basic" });
    expect(messages).toMatchObject([
      {
        guid,
        folder: "Quarantine",
        receivedAt: "2026-03-04T11:59:00Z",
        sender: "ann@shop.example",
        recipients: ["bob@example.com", "cem@example.com"],
        subject: 'a, "b" | c',
        spamScore: 90,
        sizeBytes: 2048,
      },
    ]);
    expect(messages[0]?.localGuid).not.toBe("");
    expect(JSON.stringify(messages[0]?.messageStatus)).toContain("New");
  });

  test("every form of pattern finds what pps-api.md 2.2 says", async () => {
    const lab = await openLab(options);
    hold(lab, [
      { ago: 60, from: "ann@shop.example", rcpts: ["x@example.com"], subject: "Your invoice" },
      { ago: 61, from: "bob@shop.example", rcpts: ["y@example.com"], subject: "A prize" },
      { ago: 62, from: "ann@other.example", rcpts: ["z@other.example"], subject: "Hello", folder: "Phish" },
    ]);
    for (const [input, count] of [
      [{ sender: "ann@shop.example" }, 1],
      [{ sender: "ann*" }, 1],
      [{ sender: "*shop.example" }, 2],
      [{ sender: "@shop.example" }, 2],
      [{ recipient: "*@example.com" }, 2],
      [{ recipient: "x@example.com" }, 1],
      [{ subject: "*voice*" }, 1],
      [{ subject: "Your inv*" }, 1],
      [{ subject: "*prize" }, 1],
      [{ sender: "ann@shop.example", subject: "*prize" }, 0],
    ] as const) {
      const { messages } = await lab.pps.quarantine.list(input);
      expect([input, messages.length]).toEqual([input, count]);
    }
  });

  test("a release delivers the original bytes to every envelope recipient exactly once (pps-api.md 4.1)", async () => {
    const lab = await openLab(options);
    const message = await holdOne(lab, { rcpts: ["ann@example.com", "bob@example.com"] });
    const { file } = await lab.pps.quarantine.download({ guid: message.guid });
    const { outcomes } = await lab.pps.quarantine.release({ localGuids: [message.localGuid], folder: message.folder });
    expect(outcomes).toMatchObject([{ localGuid: message.localGuid, outcome: handled }]);
    expect(await effectsOn(lab, message.guid)).toEqual(["released"]);
    for (const address of message.recipients) {
      const arrived = delivered(lab, address);
      expect(arrived).toHaveLength(1);
      expect(Buffer.compare(arrived[0]?.raw ?? Buffer.of(), Buffer.from(fileBytes(file)))).toBe(0);
      expect(arrived[0]?.envelope).toEqual({ from: message.sender, to: message.recipients });
    }
    expect(foldersOf(lab, message.guid)).toEqual(["Quarantine"]);
    expect(lab.reported).toEqual([]);
  });

  test("a release with a folder for deleted mail leaves the message there (pps-api.md 4.1, 9 row 13)", async () => {
    const lab = await openLab(options);
    const message = await holdOne(lab);
    const put = { folder: message.folder, deletedFolder: "Deleted" };
    await lab.pps.quarantine.release({ localGuids: [message.localGuid], ...put });
    expect(await effectsOn(lab, message.guid)).toEqual(["released"]);
    expect(foldersOf(lab, message.guid)).toEqual(["Deleted"]);
  });

  test("a forward sends a new mail with the original attached, exactly once (pps-api.md 4.1)", async () => {
    const lab = await openLab(options);
    const message = await holdOne(lab, { subject: "Your invoice" });
    const { outcomes } = await lab.pps.quarantine.forward({
      localGuids: [message.localGuid],
      folder: message.folder,
      to: ["soc@example.com", "lead@example.com"],
      subject: "For analysis:",
      appendOldSubject: true,
      comment: "Please look.\nThank you.",
      headerFrom: "quarantine@example.com",
      from: "bounce@example.com",
    });
    expect(outcomes).toMatchObject([{ outcome: handled }]);
    expect(await effectsOn(lab, message.guid)).toEqual(["forwarded"]);
    for (const address of ["soc@example.com", "lead@example.com"]) {
      const arrived = delivered(lab, address);
      expect(arrived).toHaveLength(1);
      const raw = arrived[0]?.raw.toString("latin1") ?? "";
      expect(raw).toMatch(/^Subject: For analysis:.*Your invoice\r$/m);
      expect(raw).toMatch(/Content-Type: message\/rfc822/i);
      expect(raw).toContain("Please look.");
      expect(arrived[0]?.envelope.from).toBe("bounce@example.com");
    }
    expect(message.recipients.flatMap((address) => delivered(lab, address))).toEqual([]);
    expect(foldersOf(lab, message.guid)).toEqual(["Quarantine"]);
  });

  test("a resubmission takes the message out of its folder and through the filters (pps-api.md 4.1)", async () => {
    const lab = await openLab(options);
    const message = await holdOne(lab, { subject: "Minutes of the meeting" });
    const { outcomes } = await lab.pps.quarantine.resubmit({ localGuids: [message.localGuid], folder: message.folder });
    expect(outcomes).toMatchObject([{ outcome: handled }]);
    expect((await effectsOn(lab, message.guid)).filter((effect) => effect === "resubmitted")).toHaveLength(1);
    const arrived = message.recipients.flatMap((address) => delivered(lab, address));
    expect(arrived.map(({ cause }) => cause)).toEqual(["delivered"]);
    expect(foldersOf(lab, message.guid)).toEqual([]);
  });

  test("a move takes the message to another folder, where it can be acted on again (pps-api.md 2.4, 10 row 11)", async () => {
    const lab = await openLab(options);
    const message = await holdOne(lab);
    const { outcomes } = await lab.pps.quarantine.move({
      localGuids: [message.localGuid],
      folder: message.folder,
      targetFolder: "Audit",
    });
    expect(outcomes).toMatchObject([{ outcome: handled }]);
    expect(await effectsOn(lab, message.guid)).toEqual(["moved"]);
    expect(foldersOf(lab, message.guid)).toEqual(["Audit"]);
    const { messages } = await lab.pps.quarantine.list({ guid: message.guid, folder: ["Audit"] });
    await lab.pps.quarantine.delete({ localGuids: [messages[0]?.localGuid ?? ""], folder: "Audit" });
    expect(await effectsOn(lab, message.guid)).toEqual(["moved", "deleted"]);
  });

  test("a deletion takes the message away, or into the folder that is named (pps-api.md 4.1)", async () => {
    const lab = await openLab(options);
    const [gone, kept] = [await holdOne(lab), await holdOne(lab)];
    await lab.pps.quarantine.delete({ localGuids: [gone.localGuid], folder: gone.folder });
    await lab.pps.quarantine.delete({ localGuids: [kept.localGuid], folder: kept.folder, deletedFolder: "Deleted" });
    expect(await effectsOn(lab, gone.guid)).toEqual(["deleted"]);
    expect(await effectsOn(lab, kept.guid)).toEqual(["deleted"]);
    expect([foldersOf(lab, gone.guid), foldersOf(lab, kept.guid)]).toEqual([[], ["Deleted"]]);
    expect(lab.simulator.mailboxes()).toEqual([]);
  });

  test("a dry run of every change changes nothing", async () => {
    const lab = await openLab(options);
    const { localGuid, folder, guid } = await holdOne(lab);
    const [input, dry] = [{ localGuids: [localGuid], folder }, { dryRun: true }];
    const { release, resubmit, forward, move, delete: remove } = lab.pps.quarantine;
    const results = [
      await release(input, dry),
      await resubmit(input, dry),
      await forward({ ...input, to: ["soc@example.com"] }, dry),
      await move({ ...input, targetFolder: "Audit" }, dry),
      await remove(input, dry),
    ];
    for (const { counts } of results) expect(counts).toEqual({ planned: 1 });
    expect(await effectsOn(lab, guid)).toEqual([]);
  });

  test("the trace finds what was delivered and what was held (pps-api.md 5)", async () => {
    const lab = await openLab(options);
    const mail = (subject: string, body: string) =>
      Buffer.from(
        `From: ann@shop.example\r\nTo: bob@example.com\r\nSubject: ${subject}\r\nMessage-ID: <${subject.length}@shop.example>\r\nDate: Wed, 4 Mar 2026 12:00:00 +0000\r\n\r\n${body}\r\n`,
      );
    const envelope = { from: "ann@shop.example", to: ["bob@example.com"] };
    const good = await lab.simulator.send({ envelope, raw: mail("Minutes of the meeting", "See you.") });
    const bad = await lab.simulator.send({
      envelope,
      raw: mail("lottery", "You have won the lottery: million dollars"),
    });
    expect([good.verdict.action, bad.verdict.action]).toEqual(["deliver", "hold"]);
    lab.simulator.clock.advance(10 * 60_000);
    const found = await lab.pps.trace.search({ sender: "@shop.example", since: "1 hour" });
    expect(found.records.map(({ guid }) => guid).sort()).toEqual([good.guid, bad.guid].sort());
    expect(found.records.map(({ receivedAt }) => receivedAt)).toEqual(["2026-03-04T12:00:00Z", "2026-03-04T12:00:00Z"]);
    expect((await lab.pps.trace.search({ guid: bad.guid })).records).toMatchObject([
      { quarantineFolder: "Quarantine", currentFolder: "Quarantine", sender: "ann@shop.example" },
    ]);
    expect((await lab.pps.trace.search({ sender: "nobody@shop.example" })).records).toEqual([]);
    expect(lab.reported).toEqual([]);
  });

  test("a trace past the ceiling is complete and without doubles (pps-api.md 5 count, 10 row 12)", async () => {
    const lab = await openLab(options);
    const guids = hold(
      lab,
      Array.from({ length: 700 }, (_, index) => ({ ago: 600 + Math.floor(index / 5) })),
    );
    const found = await lab.pps.trace.search({ since: "1 hour", limit: "all" });
    expect(found.records.map(({ guid }) => guid).sort()).toEqual(guids.sort());
    expect(found.truncated).toBe(false);
  });

  test("everything known of a message is shown together (pps-api.md 3, 5 GUID)", async () => {
    const lab = await openLab(options);
    const message = await holdOne(lab, { folder: "Phish", subject: "Your invoice" });
    lab.simulator.clock.advance(10 * 60_000);
    const shown = await lab.pps.message.show({ guid: message.guid });
    expect(shown.quarantine).toMatchObject([{ guid: message.guid, folder: "Phish", localGuid: message.localGuid }]);
    expect(shown.trace).toMatchObject([{ guid: message.guid, quarantineFolder: "Phish" }]);
    expect(shown.content).toMatchObject({ subject: "Your invoice" });
    expect(shown.notes).toEqual([]);
  });

  test("a raw message comes as the bytes it is, and an unknown guid is not found (pps-api.md 3)", async () => {
    const lab = await openLab(options);
    const raw = Buffer.concat([
      Buffer.from("Subject: lottery\r\n\r\nYou have won the lottery: million dollars\r\n"),
      Buffer.from([0, 128, 255, 13, 10]),
    ]);
    const { guid } = await lab.simulator.send({ envelope: { from: "", to: ["bob@example.com"] }, raw });
    const { file, fileName } = await lab.pps.quarantine.download({ guid });
    expect(fileName).toBe(`${guid}.eml`);
    expect(Buffer.from(fileBytes(file)).includes(raw.subarray(raw.length - 7))).toBe(true);
    await expect(lab.pps.quarantine.download({ guid: "nobody-knows-it" })).rejects.toMatchObject({ code: "not_found" });
  });

  test("the folders in use are learnt from the trace (pps-api.md 8)", async () => {
    const lab = await openLab({ ...options, folders: ["Legal, Paris"] });
    hold(lab, [{ ago: 600, folder: "Legal, Paris" }]);
    const { folders } = await lab.pps.quarantine.folders({ count: true });
    expect(folders.find(({ name }) => name === "Legal, Paris")).toMatchObject({
      configured: false,
      seen: true,
      messages: 1,
    });
    expect(folders.find(({ name }) => name === "Phish")).toMatchObject({ configured: true, seen: false, messages: 0 });
  });
});
