import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  ann,
  api,
  ben,
  change,
  listed,
  mail,
  outcome,
  plain,
  shop,
  spam,
  start,
  submit,
  type Trace,
  traces,
  virus,
} from "../../test/simulator/mail-lab.ts";
import { temporaryDirectory } from "../../test/temporary-directory.ts";

// pps-api.md 6 and 7, rows on what lists do: a change of a list shows in the next message that comes by SMTP.

describe("the organisation's lists", () => {
  test("an entry blocks for everybody, and its removal lets the next message through", async () => {
    const simulator = await start();
    listed(simulator, "block", "$from", "@shop.example", "contain");
    expect(await outcome(simulator, submit(simulator, plain, [ann, ben]))).toEqual([`Blocked: ${ann} ${ben}`]);
    expect((await traces(simulator))[0]).toMatchObject({ Final_Rule: "spam.organisation_blocklist" });
    simulator.store.organisationLists.remove("block", {
      attribute: "$from",
      operator: "contain",
      value: "@shop.example",
    });
    expect(await outcome(simulator, submit(simulator, plain, [ann, ben]))).toEqual([`delivered: ${ann} ${ben}`]);
  });

  test("an entry lets spam of its sender through, by envelope or header", async () => {
    const simulator = await start();
    const from = (sender: string) => outcome(simulator, submit(simulator, spam, [ann], sender));
    expect(await from("x@mailer.example")).toEqual([`Quarantine: ${ann}`]);
    listed(simulator, "safe", "$from", "y@mailer.example");
    expect(await from("x@mailer.example")).toEqual([`Quarantine: ${ann}`]);
    expect(await from("y@mailer.example")).toEqual([`delivered: ${ann}`]);
    listed(simulator, "safe", "$hfrom", shop);
    expect(await from("x@mailer.example")).toEqual([`delivered: ${ann}`]);
    const [entry] = (
      JSON.parse((await api(simulator, "GET", "/pss/filter?env_from=@mailer.example")).text) as {
        result: Trace[];
      }
    ).result;
    expect(entry?.module_rules).toEqual(["spam.organisation_safelist"]);
  });

  test("the sending host counts by the name it gives, by its address and by its network", async () => {
    const simulator = await start();
    listed(simulator, "block", "$helo", "mx.evil.example");
    listed(simulator, "block", "$ip", "198.51.100.7");
    listed(simulator, "block", "$ip", "2001:db8::/32");
    listed(simulator, "block", "$host", ".evil.example", "contain");
    expect(await outcome(simulator, submit(simulator, plain, [ann], shop, "mx.evil.example"))).toEqual([
      `Blocked: ${ann}`,
    ]);
    expect(await outcome(simulator, submit(simulator, plain))).toEqual([`delivered: ${ann}`]);
    const from = (peer: { ip?: string; host?: string }) =>
      outcome(simulator, simulator.send({ envelope: { from: shop, to: [ann] }, raw: plain, peer }));
    expect(await from({ ip: "198.51.100.7" })).toEqual([`Blocked: ${ann}`]);
    expect(await from({ ip: "198.51.100.8" })).toEqual([`delivered: ${ann}`]);
    expect(await from({ ip: "2001:db8:1::1" })).toEqual([`Blocked: ${ann}`]);
    expect(await from({ host: "mx.evil.example" })).toEqual([`Blocked: ${ann}`]);
  });

  test("an entry about a recipient parts him from the others", async () => {
    const simulator = await start();
    listed(simulator, "block", "$rcpt", ben);
    expect(await outcome(simulator, submit(simulator, plain, [ann, ben]))).toEqual([
      `delivered: ${ann}`,
      `Blocked: ${ben}`,
    ]);
  });
});

describe("what lists cannot do", () => {
  const card = mail("4111 1111 1111 1111");
  const program = mail(
    "--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=run.exe\r\n\r\nMZ\r\n--b--",
    "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n",
  );
  test.each([
    ["a virus", virus, "Virus"],
    ["a link to a listed host", mail("http://phish.example/login"), "Phish"],
    ["a card number", card, "PCI"],
    ["a program", program, "Attachment Defense"],
  ])("%s from a sender on both safe lists stays held", async (_what, raw, folder) => {
    const simulator = await start();
    listed(simulator, "safe", "$from", shop);
    await api(simulator, "POST", `/enduser/${ann}`, { safelist: shop });
    expect(await outcome(simulator, submit(simulator, raw))).toEqual([`${folder}: ${ann}`]);
    expect((await traces(simulator))[0]?.module_rules).toEqual(
      expect.arrayContaining(["spam.organisation_safelist", "spam.user_safelist"]),
    );
  });

  test.each([
    ["block", ["organisation", "user"], `Blocked: ${ann}`],
    ["safe", ["organisation", "user"], `delivered: ${ann}`],
    ["block", ["user", "organisation"], `Blocked: ${ann}`],
    ["safe", ["user", "organisation"], `delivered: ${ann}`],
  ])("where %s wins, a sender on the block and the safe list of %j: %s", async (winner, [blocker, truster], end) => {
    const simulator = await start({ quirks: { "list-precedence": winner } });
    listed(simulator, blocker === "organisation" ? "block" : "safe", "$from", shop);
    await api(simulator, "POST", `/enduser/${ann}`, { [blocker === "user" ? "blocklist" : "safelist"]: shop });
    expect(await outcome(simulator, submit(simulator, spam))).toEqual([end]);
    const rules = (await traces(simulator))[0]?.module_rules;
    expect(rules).toEqual(expect.arrayContaining([`spam.${blocker}_blocklist`, `spam.${truster}_safelist`]));
  });
});

test("blocked mail may be dropped instead, and leaves a trace", async () => {
  const simulator = await start({ rules: "lists: { blocked: discard, folder: Blocked }" });
  listed(simulator, "block", "$from", shop);
  expect(await outcome(simulator, submit(simulator, plain))).toEqual([`discarded: ${ann}`]);
  expect((await traces(simulator))[0]).toMatchObject({
    Final_Action: "discard",
    Final_Rule: "spam.organisation_blocklist",
    Quarantine_Folder: "",
  });
});

test("what is resubmitted goes by the lists of now, and what is released by none", async () => {
  const simulator = await start();
  await submit(simulator, spam);
  await submit(simulator, spam);
  const held = async () =>
    (
      JSON.parse((await api(simulator, "GET", "/quarantine?from=*")).text) as {
        records: { localguid: string }[];
      }
    ).records.map(({ localguid }) => localguid);
  const [first, second] = await held();
  const act = (action: string, localguid: string | undefined) =>
    api(simulator, "POST", "/quarantine", { action, folder: "Quarantine", localguid });
  await change(simulator, ann, { blocklist: shop });
  expect(await outcome(simulator, act("release", first))).toEqual([`Quarantine: ${ann}`]);
  expect(simulator.mailbox(ann)).toHaveLength(1);
  expect((await outcome(simulator, act("resubmit", second)))[0]).toBe(`Blocked: ${ann}`);
  await change(simulator, ann, { deleteblocklist: shop, safelist: shop });
  expect((await outcome(simulator, act("resubmit", first)))[0]).toBe(`delivered: ${ann}`);
  expect(simulator.mailbox(ann)).toHaveLength(2);
});

test("lists of both kinds hold after a restart", async () => {
  const data = join(temporaryDirectory(), "lab.db");
  const first = await start({ data });
  await api(first, "POST", `/enduser/${ann}`, { blocklist: shop });
  listed(first, "safe", "$from", shop);
  await first.stop();
  const second = await start({ data });
  expect(await outcome(second, submit(second, spam, [ann, ben]))).toEqual([`delivered: ${ben}`, `Blocked: ${ann}`]);
});
