import { describe, expect, test } from "vitest";
import {
  ann,
  api,
  ben,
  carla,
  listed,
  outcome,
  plain,
  shop,
  spam,
  start,
  submit,
  traces,
} from "../../test/simulator/mail-lab.ts";

// pps-api.md 6 and 7, rows on what lists do: a change of a list shows in the next message that comes by SMTP.

describe("a message to several", () => {
  test("is parted by their lists: each part has its own id, verdict and trace, and one session", async () => {
    const simulator = await start();
    await api(simulator, "POST", `/enduser/${ann}`, { safelist: shop });
    await api(simulator, "POST", `/enduser/${ben}`, { blocklist: shop });
    const to = [ben, carla, ann, "dan@example.com"];
    expect(await outcome(simulator, submit(simulator, spam, to))).toEqual([
      `delivered: ${ann}`,
      `Blocked: ${ben}`,
      `Quarantine: ${carla} dan@example.com`,
    ]);
    const found = await traces(simulator);
    expect(found.map(({ Recipients, Final_Rule }) => `${Recipients} ${Final_Rule}`).sort()).toEqual([
      `${ann} access.system`,
      `${ben} spam.user_blocklist`,
      `${carla},dan@example.com spam.definitespam`,
    ]);
    expect(new Set(found.map(({ GUID }) => GUID)).size).toBe(3);
    expect(new Set(found.map(({ SID }) => SID)).size).toBe(1);
    expect(found.map(({ Message_Split }) => Message_Split)).toEqual(["t", "t", "t"]);
    const noted = simulator.journal().flatMap(({ guid }) => guid ?? []);
    expect(noted.sort()).toEqual(found.map(({ GUID }) => GUID).sort());
    expect(simulator.mailbox(ann)[0]?.envelope.to).toEqual([ann]);
    expect(simulator.stats().held).toEqual({ Blocked: 1, Quarantine: 1 });
  });

  test("takes the way of its own recipients, part by part", async () => {
    const simulator = await start();
    await api(simulator, "POST", `/enduser/${ann}`, { blocklist: ben });
    const { parts } = await simulator.send({ envelope: { from: ben, to: [ann, "out@elsewhere.test"] }, raw: plain });
    expect(parts.map(({ recipients, verdict }) => [...recipients, ...verdict.routes])).toEqual([
      ["out@elsewhere.test", "outbound"],
      [ann, "internal_net"],
    ]);
  });

  test("stays whole where their lists say the same", async () => {
    const simulator = await start();
    for (const user of [ann, ben]) await api(simulator, "POST", `/enduser/${user}`, { blocklist: shop });
    expect(await outcome(simulator, submit(simulator, plain, [ann, ben]))).toEqual([`Blocked: ${ann} ${ben}`]);
    expect((await traces(simulator)).map(({ Message_Split }) => Message_Split)).toEqual([""]);
  });

  test("is refused at the door only where that holds for all of them; else it is dropped for those whom it holds for", async () => {
    const simulator = await start({ rules: "lists: { blocked: reject, folder: Blocked }" });
    await api(simulator, "POST", `/enduser/${ann}`, { blocklist: shop });
    expect(await outcome(simulator, submit(simulator, plain, [ann, ben]))).toEqual([
      `delivered: ${ben}`,
      `discarded: ${ann}`,
    ]);
    await expect(submit(simulator, plain, [ann])).rejects.toMatchObject({
      responseCode: 550,
      response: expect.stringContaining("spam.user_blocklist"),
    });
    listed(simulator, "block", "$from", shop);
    await expect(submit(simulator, plain, [ann, ben])).rejects.toMatchObject({ responseCode: 550 });
  });
});

test("where the relay is away, no part of a message is held or journalled, and the sender may try again", async () => {
  const target = await start();
  const simulator = await start({ relay: target.smtp });
  await target.stop();
  await api(simulator, "POST", `/enduser/${ann}`, { blocklist: shop });
  await expect(submit(simulator, plain, [ann, ben])).rejects.toMatchObject({ responseCode: 451 });
  expect(simulator.journal().map(({ effect }) => effect)).toEqual(["user-created"]);
  expect(simulator.stats()).toMatchObject({ held: {}, traced: 0 });
});

test("a part that the relay refuses after another has left is reported, and the message is taken", async () => {
  const target = await start({ domains: ["example.com"] });
  const lines: string[] = [];
  const simulator = await start({ relay: target.smtp, report: (line) => lines.push(line) });
  await api(simulator, "POST", "/enduser/dan@example.net", { safelist: shop });
  expect(await outcome(simulator, submit(simulator, plain, [ann, "dan@example.net"]))).toEqual([`delivered: ${ann}`]);
  expect(target.mailbox(ann)).toHaveLength(1);
  expect(lines).toEqual([expect.stringContaining("dan@example.net")]);
});
