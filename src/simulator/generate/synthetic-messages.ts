import { hostName } from "../host-name.ts";
import type { Random } from "../random.ts";
import type { SyntheticMessage } from "../store/store.ts";
import { arrivalTimes, type Shape } from "./arrival-times.ts";
import { bounceSubjects, people, senders, subjects } from "./vocabulary.ts";

/** What to make up. Times are seconds since 1970; the same seed gives the same messages. */
export interface GenerateOrder {
  count: number;
  folder: string;
  from: number;
  to: number;
  shape: Shape;
  moduleType: "mail" | "dlp";
}

/** Makes messages up one by one, so that a million of them never stand in memory together. */
export function* syntheticMessages(order: GenerateOrder, random: Random): Generator<SyntheticMessage> {
  const times = arrivalTimes(order.count, order.from, order.to, order.shape, random.fork("times"));
  let number = 0;
  for (const receivedAt of times) {
    number++;
    const sender = random.pick(senders);
    const bounce = random.integer(200) === 0;
    const subject = random.pick(bounce ? bounceSubjects : subjects);
    yield {
      guid: random.guid(),
      folder: order.folder,
      receivedAt,
      subject,
      messageId: `${receivedAt.toString(36)}.${number}.${random.integer(1e9).toString(36)}@${sender.host}`,
      from: bounce ? "" : sender.address,
      rcpts: recipients(random),
      sizeBytes: 900 + Math.floor(60_000 * random.next() ** 4),
      spamScore: order.moduleType === "dlp" ? random.integer(20) : 80 + random.integer(21),
      hostIp: `[${sender.ip}] [${sender.ip}]`,
      processingServer: hostName,
      dlp: order.moduleType === "dlp" ? JSON.stringify([{ rule: "generated", matches: [`record ${number}`] }]) : "",
    };
  }
}

function recipients(random: Random): string[] {
  const first = random.pick(people);
  if (random.integer(12) > 0) return [first];
  return [...new Set([first, random.pick(people), random.pick(people)])];
}
