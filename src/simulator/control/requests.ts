import type { GenerateRequest } from "../generate/generator.ts";
import type { Peer } from "../mail.ts";
import type { InjectedMessage } from "../simulator.ts";

/** Throws an Error of one sentence when a body is no object. */
export function readObject(body: unknown): Record<string, unknown> {
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw new Error("The body is a JSON object.");
  return body as Record<string, unknown>;
}

const generateFields = ["count", "folder", "from", "to", "shape", "seed"];

/** Reads the names and kinds of a generate request; the generator judges the values. */
export function readGenerateRequest(body: unknown): GenerateRequest {
  const given = readObject(body);
  for (const [name, value] of Object.entries(given)) {
    if (!generateFields.includes(name))
      throw new Error(`There is no "${name}"; there are ${generateFields.join(", ")}.`);
    const expected = name === "count" ? "number" : "string";
    if (typeof value !== expected && !(name === "seed" && typeof value === "number")) {
      throw new Error(`"${name}" is a ${expected}.`);
    }
  }
  return given as unknown as GenerateRequest;
}

/**
 * Reads `{"envelope": {"from", "to"}, "raw": BASE64, "peer"?: {"ip"?, "host"?, "helo"?, "tls"?}}`, one message that takes its way
 * through the filters without SMTP.
 */
export function readMessage(body: unknown): InjectedMessage {
  const { envelope, raw, peer = {} } = readObject(body);
  const { from, to } = readObject(envelope);
  if (typeof from !== "string") throw new Error('The envelope needs "from", "" for a bounce.');
  if (!Array.isArray(to) || to.length === 0 || !to.every((address) => typeof address === "string")) {
    throw new Error('The envelope needs "to", a list of addresses.');
  }
  if (typeof raw !== "string") throw new Error('"raw" is the message in base64.');
  return { envelope: { from, to }, raw: Buffer.from(raw, "base64"), peer: readPeer(readObject(peer)) };
}

const peerFields = ["ip", "host", "helo", "tls"];

function readPeer(given: Record<string, unknown>): Partial<Peer> {
  for (const [name, value] of Object.entries(given)) {
    if (!peerFields.includes(name)) throw new Error(`A peer has no "${name}"; it has ${peerFields.join(", ")}.`);
    if (typeof value !== "string") throw new Error(`"${name}" of the peer is text.`);
  }
  return given;
}
