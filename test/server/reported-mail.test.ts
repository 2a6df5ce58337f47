import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sendSamples } from "../../src/simulator/index.ts";
import { openServerLab, type ServerLab } from "./lab.ts";

// A reported message is bytes, and JSON has none: over HTTP it is given in base64, and kept nowhere.

const samples = join(import.meta.dirname, "../../samples");
const mail = readFileSync(join(samples, "reports/forwarded-phish.eml"));
const path = "/v1/respond/phishing";
const message = mail.toString("base64");
const kept = { sizeBytes: mail.length, sha256: createHash("sha256").update(mail).digest("hex") };

/** A server before a gateway that holds and has delivered parts of the campaign that the sample reports. */
async function openCampaign(): Promise<ServerLab> {
  const lab = await openServerLab({}, { quirks: { "cloud-call-limit": "none" } });
  const { refused } = await sendSamples(lab.simulator.smtp, [join(samples, "campaign")]);
  expect(refused).toEqual([]);
  lab.simulator.clock.advance(20 * 60_000);
  return lab;
}

const deleted = async (lab: ServerLab) => (await lab.effects()).filter((effect) => effect === "deleted").length;

test("a mail in base64, whole or in lines, is read to the byte and leads to its campaign", async () => {
  const lab = await openCampaign();
  const lines = message.replace(/.{76}/g, "$&\r\n");
  for (const given of [message, lines]) {
    const answer = await lab.post(`${path}?dryRun=true`, { message: given });
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({
      indicators: [{ envelopeSender: "refund@tax-office.test", messageId: "r20318@tax-office.test" }],
      campaign: { delivered: 2 },
      counts: { planned: expect.any(Number) },
    });
  }
  expect(await deleted(lab)).toBe(0);
});

test("bytes beyond ASCII arrive as they are", async () => {
  const lab = await openServerLab();
  const latin = Buffer.from(
    "From: billing@parcels.test\r\nSubject: Fee for parcel 4711\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nhttps://gr\xfc\xdfe.parcels.test/\r\n",
    "latin1",
  );
  const answer = await lab.post(`${path}?dryRun=true`, { message: latin.toString("base64"), block: "none" });
  expect(answer.json()).toMatchObject({ indicators: [{ hosts: ["grüße.parcels.test"] }] });
});

test.each([
  ["no base64", "Hello, this is no base64!"],
  ["the raw message itself", mail.toString("latin1")],
  ["base64 for addresses of the web", message.replace(/[+/=]/g, "_").replace(/.$/, "-")],
  ["base64 that was cut", "QUJDR"],
  ["a data address", `data:message/rfc822;base64,${message}`],
  ["a number", 42],
  ["a list", [message]],
  ["an object", { content: message }],
])("%s is refused by the field's name, and nothing is sent", async (_what, given) => {
  const lab = await openServerLab();
  const answer = await lab.post(path, { message: given });
  expect(answer.status).toBe(400);
  expect(answer.json()).toMatchObject({
    code: "bad_input",
    field: "message",
    detail: "message takes a raw message in base64.",
  });
  expect(await lab.effects()).toEqual([]);
});

test.each([
  ["nothing", ""],
  ["null", null],
])("%s is as good as no message", async (_what, given) => {
  const lab = await openServerLab();
  const answer = await lab.post(path, { message: given });
  expect(answer.json()).toMatchObject({
    status: 400,
    detail: expect.stringContaining("At least one of the following arguments"),
  });
});

test("base64 of what is no mail is refused with what is wanted", async () => {
  const lab = await openServerLab();
  const answer = await lab.post(path, { message: Buffer.from("Call Ann.").toString("base64") });
  expect(answer.json()).toMatchObject({ status: 400, field: "message", hint: expect.stringContaining(".eml") });
});

test("the audit log and the keys hold the mail's size and hash, never the mail", async () => {
  const lab = await openCampaign();
  const { status } = await lab.post(path, { message }, { headers: { "idempotency-key": "case-1" } });
  expect(status).toBe(200);
  const [intent] = (await lab.audited()).filter(({ kind }) => kind === "intent");
  expect(intent).toMatchObject({ command: "respond.phishing", arguments: { message: kept } });
  const state = JSON.stringify(await lab.audited()) + lab.logged.join("\n");
  for (const secret of [message.slice(0, 200), "I did not click", "312.40"]) expect(state).not.toContain(secret);
});

test("a mail given twice under one key is answered once, another mail under it is refused", async () => {
  const lab = await openCampaign();
  const headers = { "idempotency-key": "case-1" };
  const first = await lab.post(path, { message }, { headers });
  const count = await deleted(lab);
  expect(count).toBeGreaterThan(0);
  const again = await lab.post(path, { message: message.replace(/.{76}/g, "$&\n") }, { headers });
  expect(again.headers["idempotency-replayed"]).toBe("true");
  expect(again.text).toBe(first.text);
  const other = Buffer.concat([mail, Buffer.from("\r\n")]).toString("base64");
  const refused = await lab.post(path, { message: other }, { headers });
  expect(refused.json()).toMatchObject({ status: 422, code: "key_reused" });
  expect(await deleted(lab)).toBe(count);
});

test("a mail that the server's limit keeps out is told with what to do about it", async () => {
  const lab = await openServerLab();
  const answer = await lab.post(path, { message: Buffer.alloc(1 << 20, "a").toString("base64") });
  expect(answer.json()).toMatchObject({ status: 413, code: "too_large", hint: expect.stringContaining("--max-body") });
});

test("whoever may delete but not touch lists may not respond to a phish, not even look", async () => {
  const lab = await openServerLab();
  const token = lab.tokenFor({ name: "half", scopes: ["read", "change", "destroy"] });
  for (const query of ["", "?dryRun=true"]) {
    const answer = await lab.post(`${path}${query}`, { message }, { token });
    expect(answer.json()).toMatchObject({ status: 403, code: "forbidden", hint: expect.stringContaining("lists") });
  }
});
