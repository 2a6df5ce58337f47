import { describe, expect, test } from "vitest";
import {
  ann,
  api,
  ben,
  bulk,
  change,
  outcome,
  plain,
  shop,
  spam,
  start,
  submit,
  traces,
} from "../../test/simulator/mail-lab.ts";

// pps-api.md 6 and 7, rows on what lists do: a change of a list shows in the next message that comes by SMTP.

describe("a user's own lists", () => {
  test("mail of a sender is delivered, held in Blocked once the user blocks him, and delivered after he is taken out", async () => {
    const simulator = await start();
    expect(await outcome(simulator, submit(simulator, plain))).toEqual([`delivered: ${ann}`]);
    await change(simulator, ann, { blocklist: shop });
    expect(await outcome(simulator, submit(simulator, plain))).toEqual([`Blocked: ${ann}`]);
    expect((await traces(simulator))[0]).toMatchObject({
      Final_Action: "discard",
      Final_Rule: "spam.user_blocklist",
      Quarantine_Folder: "Blocked",
      Message_Split: "",
      module_rules: ["spam.user_blocklist"],
    });
    await change(simulator, ann, { deleteblocklist: shop });
    expect(await outcome(simulator, submit(simulator, plain))).toEqual([`delivered: ${ann}`]);
    expect(simulator.mailbox(ann)).toHaveLength(2);
  });

  test("spam of a sender is held, delivered once the user trusts him, and held again after he is taken out", async () => {
    const simulator = await start();
    expect(await outcome(simulator, submit(simulator, spam))).toEqual([`Quarantine: ${ann}`]);
    await change(simulator, ann, { safelist: ["@shop.example"] });
    expect(await outcome(simulator, submit(simulator, spam))).toEqual([`delivered: ${ann}`]);
    expect(await outcome(simulator, submit(simulator, bulk))).toEqual([`delivered: ${ann}`]);
    for (const trace of (await traces(simulator)).slice(0, 2)) {
      expect(trace).toMatchObject({
        Final_Action: "accept",
        Final_Rule: "access.system",
        Spam_Score: "",
        module_rules: ["spam.user_safelist"],
      });
    }
    await change(simulator, ann, { deletesafelist: "@shop.example" });
    expect(await outcome(simulator, submit(simulator, spam))).toEqual([`Quarantine: ${ann}`]);
  });

  test("the envelope sender counts, not the header, and a sub-domain only where the entry says so", async () => {
    const simulator = await start();
    await outcome(simulator, submit(simulator, plain));
    await change(simulator, ann, { blocklist: [shop, "@mailer.example", "bulk.example"] });
    const from = (sender: string) => outcome(simulator, submit(simulator, plain, [ann], sender));
    expect(await from("other@list.example")).toEqual([`delivered: ${ann}`]);
    expect(await from("x@mailer.example")).toEqual([`Blocked: ${ann}`]);
    expect(await from("x@sub.mailer.example")).toEqual([`delivered: ${ann}`]);
    expect(await from("x@sub.bulk.example")).toEqual([`Blocked: ${ann}`]);
    expect(await from("")).toEqual([`delivered: ${ann}`]);
  });

  test("mail to an alias goes by the list of its user, and nobody else's mail does", async () => {
    const simulator = await start();
    await api(simulator, "POST", `/enduser/${ann}`, { alias: "sales@example.com", blocklist: shop });
    expect(await outcome(simulator, submit(simulator, plain, ["SALES@example.com"]))).toEqual([
      "Blocked: SALES@example.com",
    ]);
    expect(await outcome(simulator, submit(simulator, plain, [ben]))).toEqual([`delivered: ${ben}`]);
  });

  test("a recipient of the house becomes a user with his first mail, one elsewhere does not, and a reset forgets both", async () => {
    const simulator = await start();
    const show = async (name: string) => {
      const { status, text } = await api(simulator, "GET", `/enduser/${name}`);
      return status === 200 ? JSON.parse(text) : status;
    };
    expect(await show(ann)).toBe(404);
    await submit(simulator, spam, ["Ann@example.com"]);
    await submit(simulator, plain, ["out@elsewhere.test"], ben);
    expect(await show(ann)).toMatchObject({ uid: ann, email: ann, creationsource: "filter", blocklist: [] });
    expect(await show("out@elsewhere.test")).toBe(404);
    simulator.reset();
    expect(await show(ann)).toBe(404);
  });
});

test("a change whose answer is lost holds all the same, and one that is dropped before its effect does not", async () => {
  const simulator = await start();
  await api(simulator, "POST", `/enduser/${ann}`, {});
  simulator.faults.add({ kind: "reset", route: "PUT /enduser/*", count: 1 });
  await expect(api(simulator, "PUT", `/enduser/${ann}`, { blocklist: shop })).rejects.toThrow();
  expect(await outcome(simulator, submit(simulator, plain))).toEqual([`delivered: ${ann}`]);
  simulator.faults.add({ kind: "lose-answer", route: "PUT /enduser/*", count: 1 });
  await expect(api(simulator, "PUT", `/enduser/${ann}`, { blocklist: shop })).rejects.toThrow();
  expect(await outcome(simulator, submit(simulator, plain))).toEqual([`Blocked: ${ann}`]);
});
