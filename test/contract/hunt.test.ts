import { describe, expect, test } from "vitest";
import { habits, hold, type Lab, openLab } from "./lab.ts";

/** Sends mail through the filters, and gives its guid. */
async function send(
  lab: Lab,
  given: { from: string; to?: string[]; subject: string; body?: string; attachment?: string },
) {
  const { from, to = ["bob@example.com"], subject, body = "See you.", attachment } = given;
  const type = attachment === undefined ? "text/plain" : `application/octet-stream; name="${attachment}"`;
  const disposition = attachment === undefined ? "" : `Content-Disposition: attachment; filename="${attachment}"\r\n`;
  const headers = `From: <${from}>\r\nSubject: ${subject}\r\nMessage-ID: <${subject.length}.A@mail.example>\r\n`;
  const raw = Buffer.from(`${headers}MIME-Version: 1.0\r\nContent-Type: ${type}\r\n${disposition}\r\n${body}\r\n`);
  return lab.simulator.send({ envelope: { from, to }, raw });
}

/** Time for the trace to know. */
const settle = (lab: Lab) => lab.simulator.clock.advance(10 * 60_000);

const lottery = "You have won the lottery: million dollars";

describe.each(habits)("with the habits of %s", (_habit, options) => {
  test("a sender's mail is found, held or delivered, and each message once (pps-api.md 2.1, 5 GUID)", async () => {
    const lab = await openLab(options);
    const delivered = await send(lab, { from: "ann@shop.example", subject: "Minutes" });
    const held = await send(lab, { from: "ann@shop.example", subject: "lottery", body: lottery });
    const [phish = ""] = hold(lab, [{ ago: 3600, from: "ann@shop.example", folder: "Phish" }]);
    await send(lab, { from: "cem@other.example", subject: "Minutes" });
    settle(lab);
    const { messages, ...summary } = await lab.pps.hunt({ indicators: ["ann[@]shop[.]example"] });
    expect(messages.map(({ guid, state, folders }) => ({ guid, state, folders }))).toEqual(
      expect.arrayContaining([
        { guid: delivered.guid, state: "delivered", folders: [] },
        { guid: held.guid, state: "held", folders: ["Quarantine"] },
        { guid: phish, state: "held", folders: ["Phish"] },
      ]),
    );
    expect(messages).toHaveLength(3);
    expect(messages.at(-1)?.guid).toBe(phish);
    expect(summary).toMatchObject({
      failed: false,
      truncated: false,
      indicators: [{ messages: 3, state: "searched" }],
    });
    expect(lab.reported).toEqual([]);
  });

  test("a domain is its own, and with a star all names below it (pps-api.md 2.2, 5, 10 row 9)", async () => {
    const lab = await openLab(options);
    const senders = ["ann@shop.example", "bob@mail.shop.example", "cem@notshop.example", "dan@shop.example.test"];
    for (const from of senders) await send(lab, { from, subject: "Minutes" });
    hold(
      lab,
      senders.map((from, index) => ({ from, ago: 60 + index })),
    );
    settle(lab);
    const found = async (indicator: string) => {
      const { messages } = await lab.pps.hunt({ indicators: [indicator] });
      return messages.map(({ sender, state }) => `${sender} ${state}`).sort();
    };
    expect(await found("shop.example")).toEqual(["ann@shop.example delivered", "ann@shop.example held"]);
    expect(await found("*.shop.example")).toEqual(["bob@mail.shop.example delivered", "bob@mail.shop.example held"]);
  });

  test("addresses of one domain are found by one search and sifted (pps-api.md 2.2)", async () => {
    const lab = await openLab(options);
    const sketches = ["ann", "bob", "cem", "dan"].map((name, index) => ({
      from: `${name}@shop.example`,
      ago: 60 + index,
    }));
    hold(lab, sketches);
    settle(lab);
    const { messages } = await lab.pps.hunt({ sender: ["ann@shop.example", "bob@shop.example", "cem@shop.example"] });
    expect(messages.map(({ sender }) => sender)).toEqual(["ann@shop.example", "bob@shop.example", "cem@shop.example"]);
  });

  test("recipients, and parts of addresses, are found in both (pps-api.md 2.2, 5)", async () => {
    const lab = await openLab(options);
    await send(lab, { from: "billing.ann@shop.example", to: ["bob@example.com"], subject: "Minutes" });
    hold(lab, [{ ago: 60, from: "billing.cem@shop.example", rcpts: ["bob@example.com", "eva@example.com"] }]);
    hold(lab, [{ ago: 61, from: "fay@other.example", rcpts: ["gus@example.com"] }]);
    settle(lab);
    for (const input of [
      { recipient: ["bob@example.com"] },
      { sender: ["billing*"] },
      { sender: ["*@shop.example"] },
      { sender: ["*shop.example"] },
    ]) {
      const { messages } = await lab.pps.hunt(input);
      expect([input, messages.map(({ state }) => state).sort()]).toEqual([input, ["delivered", "held"]]);
    }
  });

  test("subjects that only share words are left out (pps-api.md 5 subject)", async () => {
    const lab = await openLab(options);
    for (const subject of ["Minutes of the meeting", "Meetings: minutes", "Re: Minutes of the meeting"]) {
      await send(lab, { from: "ann@shop.example", subject });
    }
    settle(lab);
    const subjects = async (subject: string) =>
      (await lab.pps.hunt({ subject: [subject] })).messages.map((message) => message.subject).sort();
    expect(await subjects("minutes of the MEETING")).toEqual(["Minutes of the meeting"]);
    expect(await subjects("*minutes of the meeting")).toEqual(["Minutes of the meeting", "Re: Minutes of the meeting"]);
  });

  test("what only the trace can be searched for is found, and whether it is held (pps-api.md 5 host, attach, hdr_mid)", async () => {
    const lab = await openLab(options);
    const { guid } = await send(lab, { from: "ann@shop.example", subject: "lottery", body: lottery });
    const file = await send(lab, { from: "cem@shop.example", subject: "Report for May", attachment: "report.dat" });
    settle(lab);
    expect((await lab.pps.hunt({ indicators: ["<7.A@mail.example>"] })).messages).toMatchObject([
      { guid, state: "held", folders: ["Quarantine"] },
    ]);
    expect((await lab.pps.hunt({ attachment: ["report.dat"] })).messages).toMatchObject([
      { guid: file.guid, state: "delivered" },
    ]);
    const [{ senderIp } = { senderIp: "" }] = (await lab.pps.hunt({ sender: ["ann@shop.example"] })).messages;
    const fromHost = await lab.pps.hunt({ indicators: [senderIp] });
    expect(fromHost.messages.map((message) => message.guid).sort()).toEqual([guid, file.guid].sort());
    expect(lab.reported).toEqual([]);
  });

  test("many indicators are found by reading quarantine once (pps-api.md 2.3 cap)", async () => {
    const lab = await openLab(options);
    const guids = hold(
      lab,
      Array.from({ length: 1500 }, (_, index) => ({ ago: 60 + index, from: `n${index % 50}@d${index % 50}.example` })),
    );
    settle(lab);
    const sender = Array.from({ length: 25 }, (_, index) => `n${index}@d${index}.example`);
    const { messages, requests } = await lab.pps.hunt({ sender, limit: "all" });
    expect(messages.map(({ guid }) => guid)).toEqual(guids.filter((_guid, index) => index % 50 < 25));
    // Each sender in each folder would have taken more than 800.
    expect(requests).toBeLessThan(200);
  });

  test("nothing found is an empty list, not an error (pps-api.md 2.3 odd answers, 5 nothing found)", async () => {
    const { pps } = await openLab(options);
    expect(await pps.hunt({ indicators: ["nobody@shop.example", "192.0.2.77"] })).toMatchObject({
      messages: [],
      timeline: [],
      truncated: false,
      failed: false,
      indicators: [
        { state: "searched", messages: 0 },
        { state: "searched", messages: 0 },
      ],
    });
  });
});

test("without the module pss the hunt goes on in quarantine (pps-api.md 1 modules)", async () => {
  const accounts = [{ username: "reader", password: "reader-secret", modules: ["Quarantine"] as const }];
  const lab = await openLab({ accounts });
  const [guid = ""] = hold(lab, [{ ago: 60, from: "ann@shop.example" }]);
  const pps = lab.connect({ username: "reader", password: "reader-secret" });
  const { messages, truncated, failed, notes } = await pps.hunt({ sender: ["ann@shop.example"] });
  expect(messages).toMatchObject([{ guid, state: "held" }]);
  expect({ truncated, failed }).toEqual({ truncated: true, failed: false });
  expect(notes.join(" ")).toContain("Tick the module pss");
});
