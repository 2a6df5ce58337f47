import { createTransport } from "nodemailer";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Arrival, Verdict } from "../mail.ts";
import { createAuthority } from "../tls/authority.ts";
import { createOwnDomains, defaultDomains } from "./own-domains.ts";
import { openReception, type Reception } from "./reception.ts";

const delivered: Verdict = {
  action: "deliver",
  final: { module: "access", rule: "system" },
  hits: [],
  viruses: [],
  routes: [],
  dlp: [],
  durationSeconds: 0,
};
const reports: string[] = [];
let reception: Reception;
let arrivals: Arrival[] = [];
let answer: () => Promise<Verdict>;

beforeAll(async () => {
  const authority = await createAuthority(Date.now());
  const identity = await authority.issue({
    dnsNames: ["localhost"],
    ipAddresses: [],
    role: "server",
    notBefore: Date.now() - 1000,
    notAfter: Date.now() + 1e7,
  });
  reception = await openReception({
    port: 0,
    identity,
    domains: createOwnDomains(defaultDomains),
    sizeLimit: 10_000,
    gateway: {
      async process(arrival) {
        arrivals.push(arrival);
        return [{ guid: arrival.guid, recipients: arrival.envelope.to, verdict: await answer() }];
      },
      rescan: async () => delivered,
    },
    admit: (envelope, peer, raw) => ({ guid: "g", qid: "q", sid: "s", receivedAt: 0, envelope, peer, raw }),
    report: (line) => reports.push(line),
  });
});
afterAll(() => reception.close());
beforeEach(() => {
  arrivals = [];
  answer = async () => delivered;
});

async function send(envelope: { from: string; to: string[] }, raw: string, options = {}) {
  const transport = createTransport({
    host: "127.0.0.1",
    port: reception.port,
    tls: { rejectUnauthorized: false },
    ...options,
  });
  try {
    return await transport.sendMail({ envelope, raw });
  } finally {
    transport.close();
  }
}

const mail = "Subject: Hello\r\nFrom: shown@example.org\r\nTo: list@example.org\r\n\r\nText\r\n.dot at the start\r\n";

test("a message arrives byte for byte, its envelope apart from its headers, over STARTTLS", async () => {
  await send({ from: "ann@shop.test", to: ["ben@example.com", "carla@shop.example"] }, mail);
  expect(arrivals).toHaveLength(1);
  expect(arrivals[0]?.raw.toString()).toBe(mail);
  expect(arrivals[0]?.envelope).toEqual({ from: "ann@shop.test", to: ["ben@example.com", "carla@shop.example"] });
  expect(arrivals[0]?.peer).toMatchObject({ ip: "127.0.0.1", host: "localhost" });
  expect(arrivals[0]?.peer.tls).toMatch(/^TLSv1\.[23] \S+$/);
});

test("plain text is taken as well, and leaves the TLS of the trace empty", async () => {
  await send({ from: "ann@shop.test", to: ["ben@example.com"] }, mail, { ignoreTLS: true });
  expect(arrivals[0]?.peer.tls).toBe("");
});

test("a bounce comes with an empty sender", async () => {
  await send({ from: "", to: ["ben@example.com"] }, mail);
  expect(arrivals[0]?.envelope.from).toBe("");
});

test("foreign recipients are refused to foreign senders and granted to own ones", async () => {
  await expect(send({ from: "ann@shop.test", to: ["x@elsewhere.test"] }, mail)).rejects.toMatchObject({
    responseCode: 550,
  });
  await send({ from: "ben@example.com", to: ["x@elsewhere.test"] }, mail);
  expect(arrivals).toHaveLength(1);
});

test("of several recipients only the foreign ones are refused", async () => {
  const { rejected } = await send({ from: "ann@shop.test", to: ["x@elsewhere.test", "ben@example.com"] }, mail);
  expect(rejected).toEqual(["x@elsewhere.test"]);
  expect(arrivals[0]?.envelope.to).toEqual(["ben@example.com"]);
});

test("a message over the size limit is refused, whether its size was announced or not", async () => {
  const large = `${mail}${"x".repeat(78)}\r\n`.padEnd(20_000, "long\r\n");
  await expect(send({ from: "ann@shop.test", to: ["ben@example.com"] }, large)).rejects.toMatchObject({
    responseCode: 552,
  });
  expect(arrivals).toEqual([]);
});

test("what the filters reject is refused during the dialogue, naming the rule", async () => {
  answer = async () => ({ ...delivered, action: "reject", final: { module: "access", rule: "blocked_sender" } });
  await expect(send({ from: "ann@shop.test", to: ["ben@example.com"] }, mail)).rejects.toMatchObject({
    responseCode: 550,
    response: expect.stringContaining("access.blocked_sender"),
  });
});

test("a message the gateway cannot get rid of is put off, not lost, and reported", async () => {
  answer = async () => {
    throw new Error("the relay is away");
  };
  await expect(send({ from: "ann@shop.test", to: ["ben@example.com"] }, mail)).rejects.toMatchObject({
    responseCode: 451,
  });
  expect(reports.at(-1)).toContain("the relay is away");
});
