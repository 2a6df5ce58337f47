import { join } from "node:path";
import { createTransport } from "nodemailer";
import { Agent, request } from "undici";
import { afterEach, describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../test/temporary-directory.ts";
import { expandPlaceholders } from "./load/placeholders.ts";
import type { SimulatorOptions } from "./options.ts";
import { type Simulator, startSimulator } from "./simulator.ts";

// pps-api.md 6 and 7, rows on what lists do: a change of a list shows in the next message that comes by SMTP.

const running: { stop(): Promise<unknown> }[] = [];

afterEach(async () => {
  for (const part of running.splice(0).reverse()) await part.stop();
});

async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator({ seed: "sender-lists", ...options });
  running.push(simulator);
  return simulator;
}

const ann = "ann@example.com";
const ben = "ben@example.com";
const carla = "carla@example.com";
const shop = "news@shop.example";

const mail = (text: string, headers = "") =>
  expandPlaceholders(
    Buffer.from(`From: Shop <${shop}>\r\n${headers}Subject: Offer\r\nMessage-ID: <1@shop.example>\r\n\r\n${text}\r\n`),
  );
const plain = mail("See you tomorrow.");
const spam = mail("{{GTUBE}}");
const virus = mail("{{EICAR}}");
const bulk = mail("Hello", "Precedence: bulk\r\n");

async function submit(simulator: Simulator, raw: Buffer, to = [ann], from = shop, name = "mx.shop.example") {
  const [host, port] = simulator.smtp.split(":");
  const tls = { ca: simulator.ca, servername: "localhost" };
  const transport = createTransport({ host, port: Number(port), name, tls });
  try {
    return await transport.sendMail({ envelope: { from, to }, raw });
  } finally {
    transport.close();
  }
}

async function api(simulator: Simulator, method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: object) {
  const agent = new Agent({ connect: { ca: simulator.ca } });
  try {
    const answer = await request(`${simulator.api}/rest/v1${path}`, {
      method,
      dispatcher: agent,
      headers: {
        authorization: `Basic ${Buffer.from(`${simulator.username}:${simulator.password}`).toString("base64")}`,
        ...(body ? { "content-type": "application/json" } : {}),
      },
      body: body ? JSON.stringify(body) : null,
    });
    return { status: answer.statusCode, text: await answer.body.text() };
  } finally {
    await agent.destroy();
  }
}

async function change(simulator: Simulator, user: string, body: object) {
  expect((await api(simulator, "PUT", `/enduser/${encodeURIComponent(user)}`, body)).status).toBe(200);
}

function listed(simulator: Simulator, list: "safe" | "block", attribute: string, value: string, operator = "equal") {
  expect(simulator.store.organisationLists.add(list, { attribute, operator, value, comment: "" })).toBe(true);
}

/** What became of the last message, part by part: where it went and who was meant. */
async function outcome(simulator: Simulator, send: Promise<unknown>): Promise<string[]> {
  const [{ sequence } = { sequence: 0 }] = simulator.journal().slice(-1);
  await send.catch(() => undefined);
  const entries = simulator.journal(sequence);
  return entries.map(({ effect, folder, recipients = [] }) => `${folder ?? effect}: ${recipients.join(" ")}`);
}

interface Trace {
  GUID: string;
  SID: string;
  Recipients: string;
  Final_Action: string;
  Final_Rule: string;
  Quarantine_Folder: string;
  Message_Split: string;
  Spam_Score: string;
  module_rules: string[];
}

async function traces(simulator: Simulator): Promise<Trace[]> {
  const { text } = await api(simulator, "GET", "/pss/filter?env_from=@shop.example");
  return (JSON.parse(text) as { result: Trace[] }).result;
}

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
    listed(simulator, "safe", "$hfrom", shop);
    expect(await outcome(simulator, submit(simulator, spam, [ann], "x@mailer.example"))).toEqual([`delivered: ${ann}`]);
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
