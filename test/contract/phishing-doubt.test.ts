import { createTransport } from "nodemailer";
import { describe, expect, test } from "vitest";
import { guidsOf, open, pod, type Sent, send } from "./campaign-lab.ts";
import type { Lab } from "./lab.ts";

// What a search found and did not count, or could not compare, is told: it must not look like nothing was there.

const subject = (number: number) => `You have received a document #${number}`;

test("what scores too little to be listed is counted in a note, and a lower threshold lists it", async () => {
  const lab = await open(pod);
  for (const number of [9000, 9001, 9002, 9003]) {
    await send(lab, { from: `desk${number}@firm${number}.example`, subject: subject(number) });
  }
  lab.simulator.clock.advance(20 * 60_000);
  const order = { subject: subject(9000), block: "none" } as const;
  const { outcomes, notes } = await lab.pps.respond.phishing(order, { dryRun: true });
  expect(outcomes).toEqual([]);
  expect(notes).toContainEqual(
    expect.stringMatching(/^4 messages found by these terms score below 35 \(the best: 21\).*lower threshold/),
  );
  const lower = await lab.pps.respond.phishing({ ...order, threshold: 20 }, { dryRun: true });
  expect(lower.outcomes).toHaveLength(4);
  expect(lower.notes.join("\n")).not.toContain("score below");
});

const pdf = (text: string) => Buffer.from(`%PDF-1.4\n${text}\n%%EOF\n`);

interface Attached {
  from: string;
  subject: string;
  name: string;
  file: Buffer;
  more?: string;
}

/** Sends a message with a file by SMTP. */
async function sendFile({ simulator }: Lab, { from, subject, name, file, more = "" }: Attached): Promise<Sent> {
  const [host, port] = simulator.smtp.split(":");
  const tls = { ca: simulator.ca, servername: "localhost" };
  const transport = createTransport({ host: String(host), port: Number(port), tls });
  const domain = from.split("@")[1];
  const raw = Buffer.from(
    [
      `From: ${from}`,
      "To: ann@example.com",
      `Subject: ${subject}`,
      `Message-ID: <${subject.replace(/\W/g, "")}@${domain}>`,
      "Date: Wed, 4 Mar 2026 12:00:00 +0000",
      "MIME-Version: 1.0",
      'Content-Type: multipart/mixed; boundary="b"',
      "",
      "--b",
      "Content-Type: text/plain",
      "",
      `Please see the file. ${more}`,
      "--b",
      `Content-Type: application/pdf; name="${name}"`,
      `Content-Disposition: attachment; filename="${name}"`,
      "Content-Transfer-Encoding: base64",
      "",
      file.toString("base64"),
      "--b--",
      "",
    ].join("\r\n"),
  );
  const [{ sequence } = { sequence: 0 }] = simulator.journal().slice(-1);
  await transport.sendMail({ envelope: { from, to: ["ann@example.com"] }, raw });
  transport.close();
  const entry = simulator.journal(sequence).find(({ effect }) => effect === "held" || effect === "delivered");
  return { guid: String(entry?.guid), folder: entry?.folder, raw };
}

const gtube = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X";

describe.each(["Scan-0815.pdf", "Meridian_Logistics_Q4.pdf"])("of mail that carries %s", (name) => {
  async function loadFiles(lab: Lab) {
    const file = pdf("Call this number");
    const reported = await sendFile(lab, { from: "a@alder.example", subject: "Minutes of Tuesday", name, file });
    const delivered = await sendFile(lab, { from: "b@birch.example", subject: "About the garden", name, file });
    const held = await sendFile(lab, { from: "c@cedar.example", subject: "Lunch?", name, file, more: gtube });
    const also = await sendFile(lab, { from: "d@dogwood.example", subject: "Tickets", name, file, more: gtube });
    const honest = await sendFile(lab, {
      ...{ from: "e@elm.example", subject: "The lease", name, file: pdf("Something else"), more: gtube },
    });
    lab.simulator.clock.advance(20 * 60_000);
    expect([reported, delivered, held, also, honest].map(({ folder }) => folder !== undefined)).toEqual([
      ...[false, false, true, true, true],
    ]);
    return { reported, delivered, held: [held, also], honest };
  }

  test("held messages with the same file are found by it, whoever sent them and whatever they say", async () => {
    const lab = await open(pod);
    const { reported, held } = await loadFiles(lab);
    const { outcomes } = await lab.pps.respond.phishing({ message: reported.raw, block: "none" }, { dryRun: true });
    const planned = outcomes.filter(({ outcome }) => outcome === "planned");
    expect(guidsOf(planned)).toEqual(guidsOf(held));
    for (const { reasons } of planned) expect(reasons).toContain(`same attachment ${name}`);
  });

  test("what carries a file of that name and was not compared is told of", async () => {
    const lab = await open(pod);
    const { reported } = await loadFiles(lab);
    const order = { message: reported.raw, block: "none" } as const;
    const { notes } = await lab.pps.respond.phishing(order, { dryRun: true });
    expect(notes).toContainEqual(
      expect.stringContaining(
        `1 message not listed carries a file named as reported (${name}) that could not be compared`,
      ),
    );
    const closed = await lab.pps.respond.phishing({ ...order, inspect: 0 }, { dryRun: true });
    expect(closed.notes).toContainEqual(
      expect.stringContaining(
        `3 messages not listed carry a file named as reported (${name}), and are held and not opened`,
      ),
    );
  });
});

test("a picture of an everyday name is not looked for, which is said, and the answer stays whole", async () => {
  const lab = await open(pod);
  const message = await sendFile(lab, {
    ...{ from: "a@alder.example", subject: "Minutes of Tuesday", name: "photo.png", file: pdf("a picture") },
  });
  lab.simulator.clock.advance(20 * 60_000);
  const { notes, truncated } = await lab.pps.respond.phishing(
    { message: message.raw, block: "none" },
    { dryRun: true },
  );
  expect(truncated).toBe(false);
  expect(notes).toContain("Not looked for by name, which says too little or holds a comma: photo.png.");
});
