import { createTransport } from "nodemailer";
import { afterEach, expect, test } from "vitest";
import { type Simulator, startSimulator } from "../simulator.ts";
import { createRelay, type Relay, readHostAndPort } from "./relay.ts";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const part of open.splice(0)) await part.close();
});

async function target(): Promise<{ gateway: Simulator; relay: Relay; reports: string[] }> {
  const gateway = await startSimulator({ domains: ["example.com"] });
  const reports: string[] = [];
  const relay = createRelay(gateway.smtp, (line) => reports.push(line));
  open.push(relay, { close: gateway.stop });
  return { gateway, relay, reports };
}

const departure = (to: string[], from = "ann@shop.test") => ({
  guid: "g",
  envelope: { from, to },
  raw: Buffer.from("Subject: Hi\r\nMessage-ID: <1@shop.test>\r\n\r\nText\r\n"),
  cause: "released" as const,
});

test("mail reaches the next server with its envelope, a bounce with an empty sender", async () => {
  const { gateway, relay } = await target();
  await relay.deliver(departure(["ben@example.com", "carla@example.com"]));
  await relay.deliver(departure(["ben@example.com"], ""));
  expect(gateway.mailbox("ben@example.com").map(({ envelope }) => envelope)).toEqual([
    { from: "ann@shop.test", to: ["ben@example.com", "carla@example.com"] },
    { from: "", to: ["ben@example.com"] },
  ]);
});

test("mail that reaches some of its recipients has left for them, and the refused are reported", async () => {
  const { gateway, relay, reports } = await target();
  expect(await relay.deliver(departure(["ben@example.com", "x@elsewhere.test"]))).toEqual(["ben@example.com"]);
  expect(gateway.mailbox("ben@example.com")).toHaveLength(1);
  expect(reports).toEqual([expect.stringContaining("x@elsewhere.test")]);
});

test("mail that reaches nobody is refused for good when the relay refuses all for good", async () => {
  const { relay } = await target();
  await expect(relay.deliver(departure(["x@elsewhere.test"]))).rejects.toMatchObject({ responseCode: 550 });
});

test("a sender is told what the relay said: delivered to some is accepted, refused by all is refused", async () => {
  const { gateway } = await target();
  const front = await startSimulator({ relay: gateway.smtp, domains: ["example.com", "elsewhere.test"] });
  open.push({ close: front.stop });
  const [host, port] = front.smtp.split(":");
  const transport = createTransport({ host, port: Number(port), ignoreTLS: true });
  open.push(transport);
  const send = (to: string[]) =>
    transport.sendMail({ envelope: { from: "ann@shop.test", to }, raw: departure(to).raw });
  await send(["ben@example.com", "x@elsewhere.test"]);
  expect(front.journal()).toMatchObject([{ effect: "delivered", recipients: ["ben@example.com"] }]);
  await expect(send(["x@elsewhere.test"])).rejects.toMatchObject({ responseCode: 550 });
  expect(gateway.mailbox("ben@example.com")).toHaveLength(1);
});

test("a relay that is away is told as such", async () => {
  const { gateway, relay } = await target();
  await gateway.stop();
  await expect(relay.deliver(departure(["ben@example.com"]))).rejects.toMatchObject({ code: "ESOCKET" });
});

test.each([
  ["127.0.0.1:25", { host: "127.0.0.1", port: 25 }],
  ["mail.example.com:2525", { host: "mail.example.com", port: 2525 }],
  ["[::1]:25", { host: "::1", port: 25 }],
])("%s names host and port", (text, read) => {
  expect(readHostAndPort(text)).toEqual(read);
});

test.each(["", "host", "host:", ":25", "host:0", "host:70000", "a b:25", "::1:25"])("%j does not", (text) => {
  expect(() => readHostAndPort(text)).toThrow("expected host:port");
});
