import { createTransport } from "nodemailer";
import { Agent, request } from "undici";
import { expect, onTestFinished } from "vitest";
import { expandPlaceholders } from "../../src/simulator/load/placeholders.ts";
import type { SimulatorOptions } from "../../src/simulator/options.ts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";

/** A gateway for one test, stopped afterwards. */
export async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator({ seed: "mail-lab", ...options });
  onTestFinished(simulator.stop);
  return simulator;
}

export const ann = "ann@example.com";
export const ben = "ben@example.com";
export const carla = "carla@example.com";
/** The sender of all of it, by envelope and header. */
export const shop = "news@shop.example";

/** A message with this text; headers end in a line break each. */
export const mail = (text: string, headers = "") =>
  expandPlaceholders(
    Buffer.from(`From: Shop <${shop}>\r\n${headers}Subject: Offer\r\nMessage-ID: <1@shop.example>\r\n\r\n${text}\r\n`),
  );
export const plain = mail("See you tomorrow.");
export const spam = mail("{{GTUBE}}");
export const virus = mail("{{EICAR}}");
export const bulk = mail("Hello", "Precedence: bulk\r\n");

/** Sends a message by SMTP; `name` is what the client says HELO with. */
export async function submit(simulator: Simulator, raw: Buffer, to = [ann], from = shop, name = "mx.shop.example") {
  const [host, port] = simulator.smtp.split(":");
  const tls = { ca: simulator.ca, servername: "localhost" };
  const transport = createTransport({ host, port: Number(port), name, tls });
  try {
    return await transport.sendMail({ envelope: { from, to }, raw });
  } finally {
    transport.close();
  }
}

/** One call of the REST API. */
export async function api(
  simulator: Simulator,
  method: "GET" | "POST" | "PUT" | "DELETE",
  path: string,
  body?: object,
) {
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

/** Changes an end user by the API. */
export async function change(simulator: Simulator, user: string, body: object) {
  expect((await api(simulator, "PUT", `/enduser/${encodeURIComponent(user)}`, body)).status).toBe(200);
}

/** Puts an entry on a list of the organisation. */
export function listed(
  simulator: Simulator,
  list: "safe" | "block",
  attribute: string,
  value: string,
  operator = "equal",
) {
  expect(simulator.store.organisationLists.add(list, { attribute, operator, value, comment: "" })).toBe(true);
}

/** What became of the mail that was sent meanwhile, part by part: where it went and who was meant. */
export async function outcome(simulator: Simulator, send: Promise<unknown>): Promise<string[]> {
  const [{ sequence } = { sequence: 0 }] = simulator.journal().slice(-1);
  await send.catch(() => undefined);
  const entries = simulator.journal(sequence);
  return entries.map(({ effect, folder, recipients = [] }) => `${folder ?? effect}: ${recipients.join(" ")}`);
}

export interface Trace {
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

/** The trace records of all mail from the shop, newest first. */
export async function traces(simulator: Simulator): Promise<Trace[]> {
  const { text } = await api(simulator, "GET", "/pss/filter?env_from=@shop.example");
  return (JSON.parse(text) as { result: Trace[] }).result;
}
