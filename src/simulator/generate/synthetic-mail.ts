import { hostName } from "../host-name.ts";
import type { HeldMessage } from "../store/store.ts";

/**
 * The raw mail of a message that the generator made up, composed from its record: the same record gives the same bytes.
 * The size in the record is met where the rest leaves room for it.
 */
export function composeSynthetic(message: HeldMessage): Buffer {
  const date = new Date(message.receivedAt * 1000).toUTCString().replace("GMT", "+0000");
  const head = [
    `Received: from ${message.hostIp || "unknown"} by ${message.processingServer || hostName}; ${date}`,
    `From: ${message.from === "" ? `MAILER-DAEMON@${hostName}` : message.from}`,
    `To: ${message.rcpts.join(",\r\n ")}`,
    `Subject: ${encodedWords(message.subject)}`,
    ...(message.messageId === "" ? [] : [`Message-ID: <${message.messageId}>`]),
    `Date: ${date}`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: 7bit",
    "",
    `This message was made up to fill the folder ${printable(message.folder)}.`,
    `Its id is ${message.guid}.`,
    "",
  ].join("\r\n");
  return Buffer.from(head + filler(message.sizeBytes - Buffer.byteLength(head)));
}

const line = "The quick brown fox jumps over the lazy dog and looks back once more.\r\n";

function filler(bytes: number): string {
  if (bytes < 2) return "";
  return `${line.repeat(Math.ceil(bytes / line.length)).slice(0, bytes - 2)}\r\n`;
}

const printable = (text: string) => text.replace(/[^\x20-\x7e]/g, "?");

// RFC 2047: at most 75 characters a word, and no word may end inside a character.
function encodedWords(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text) && !text.includes("=?") && text.length < 900) return text;
  const words: string[] = [];
  let piece = "";
  for (const character of text) {
    if (Buffer.byteLength(piece + character) > 42) {
      words.push(piece);
      piece = "";
    }
    piece += character;
  }
  words.push(piece);
  return words.map((word) => `=?utf-8?B?${Buffer.from(word).toString("base64")}?=`).join("\r\n ");
}
