import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { gateways, type HandlerLab, openHandlerLab, spam } from "./handler-lab.ts";

interface Tally {
  success: Record<string, unknown>[];
  failed: Record<string, unknown>[];
}

const action = "Download Quarantined Message";
const tallyOf = (reply: { json?: unknown }) => reply.json as Tally;

/** Has mail held, and gives the guids, newest first. */
async function holdMail(lab: HandlerLab, ...mails: { subject?: string; text?: string }[]): Promise<string[]> {
  for (const mail of mails) await lab.send({ ...mail, text: `${spam.text}\r\n${mail.text ?? ""}` });
  lab.simulator.clock.advance(20 * 60_000);
  const trace = await lab.run("Get Message Trace", {});
  return (trace.json as { GUID: string }[]).map(({ GUID }) => GUID);
}

/** Lines of mail, so many bytes in all. */
const bytes = (count: number) => `${"x".repeat(998)}\r\n`.repeat(Math.ceil(count / 1000));

describe.each(gateways)("on a PPS %s", (_name, options) => {
  test("a message comes as a file with its hash, for the folder and the case wall", async () => {
    const lab = await openHandlerLab(options);
    const [guid = ""] = await holdMail(lab, { subject: "../Your <invoice>: 50% off?" });
    const reply = await lab.run(action, { "Message GUIDs": guid, "Save To Case Wall": "true" });
    expect(reply).toMatchObject({
      state: "completed",
      result: true,
      message: `Downloaded 1 of 1 message(s): ${guid}.`,
    });
    const [file] = reply.files ?? [];
    expect(file).toMatchObject({ caseWall: true, directoryParameter: "Download Folder Path", overwrite: true });
    const raw = Buffer.from(String(file?.base64), "base64");
    expect(raw.toString()).toContain("GTUBE");
    expect(tallyOf(reply).success).toEqual([
      {
        guid,
        localguid: null,
        folder: "Quarantine",
        action: "download",
        status: "done",
        file_name: file?.name,
        size: raw.length,
        sha256: createHash("sha256").update(raw).digest("hex"),
        subject: "../Your <invoice>: 50% off?",
        downloaded_file_path: `/tmp/${file?.name}`,
        attached: true,
      },
    ]);
    expect(file?.name).toMatch(/^[A-Za-z0-9].*Your _invoice_ 50_ off_\.eml$|Your/);
  });

  test("without a folder and a case wall there is a report and no file", async () => {
    const lab = await openHandlerLab(options);
    const [guid = ""] = await holdMail(lab, {});
    const reply = await lab.run(action, { "Message GUIDs": guid, "Download Folder Path": "" });
    expect(reply).toMatchObject({ state: "completed", result: true });
    expect(reply.files).toBeUndefined();
    expect(tallyOf(reply).success).toMatchObject([{ downloaded_file_path: null, attached: false }]);
  });

  test("a message that is not there leaves the others as they are", async () => {
    const lab = await openHandlerLab(options);
    const [guid = ""] = await holdMail(lab, {});
    const reply = await lab.run(action, { "Message GUIDs": `nothing,${guid}`, Overwrite: "false" });
    expect(reply).toMatchObject({ state: "completed", result: false });
    expect(reply.files).toMatchObject([{ overwrite: false, caseWall: false }]);
    expect(tallyOf(reply).failed).toMatchObject([{ guid: "nothing", reason: expect.stringMatching(/nothing/) }]);
    const none = await lab.run(action, { "Message GUIDs": "nothing" });
    expect(none).toMatchObject({ state: "failed", result: false });
    expect(none.message).toMatch(/^Failed to download: /);
    expect(tallyOf(none).failed).toHaveLength(1);
  });

  test("what the case wall does not take is said, and what is over all limits is left out", async () => {
    const lab = await openHandlerLab(options);
    const guids = await holdMail(
      lab,
      { text: bytes(4_000_000) },
      { text: bytes(4_000_000) },
      { text: bytes(8_500_000) },
    );
    const wall = await lab.run(action, { "Message GUIDs": guids[2] ?? "", "Save To Case Wall": "true" });
    expect(wall).toMatchObject({ state: "completed", result: true, truncated: true, files: [{ caseWall: false }] });
    expect(wall.message).toMatch(/Not attached, since the case wall takes 3\.5 MiB at most: /);
    expect(tallyOf(wall).success).toMatchObject([{ attached: false }]);
    const all = await lab.run(action, { "Message GUIDs": guids.join(",") });
    expect(all).toMatchObject({ state: "completed", result: false, truncated: true });
    expect(all.files).toHaveLength(2);
    expect(tallyOf(all).failed).toMatchObject([{ reason: expect.stringMatching(/15 MiB/) }]);
    expect(Buffer.byteLength(JSON.stringify(all))).toBeLessThan(24 * 1024 * 1024);
    const many = Array.from({ length: 21 }, (_, index) => `id-${index}`).join(",");
    expect((await lab.run(action, { "Message GUIDs": many })).message).toMatch(/at most 20/);
  });
});
