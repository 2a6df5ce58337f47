import { inflateRawSync } from "node:zlib";
import type { AttachedFile } from "./mail-content.ts";

const directoryEntry = 0x02014b50;
const localHeader = 0x04034b50;
const endOfDirectory = 0x06054b50;
const mostFiles = 100;

/** How many bytes may still be unpacked for one message. */
export interface UnpackingRoom {
  bytes: number;
}

/**
 * The files packed in a zip archive; none when the bytes are no zip. What they hold is taken off the room.
 * Entries that are encrypted, oddly packed, broken or larger than the room left keep their name and lose their content.
 */
export function readZip(archive: Buffer, room: UnpackingRoom): AttachedFile[] {
  if (archive.length < 22 || archive.readUInt32LE(0) !== localHeader) return [];
  const files: AttachedFile[] = [];
  let at = directoryStart(archive);
  while (files.length < mostFiles && at + 46 <= archive.length && archive.readUInt32LE(at) === directoryEntry) {
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString("utf8", at + 46, at + 46 + nameLength);
    files.push({ name, type: "application/octet-stream", content: unpack(archive, at, room) });
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return files;
}

function directoryStart(archive: Buffer): number {
  for (let at = archive.length - 22; at >= Math.max(0, archive.length - 65_557); at--) {
    if (archive.readUInt32LE(at) === endOfDirectory) return archive.readUInt32LE(at + 16);
  }
  return archive.length;
}

function unpack(archive: Buffer, entry: number, room: UnpackingRoom): Buffer {
  const method = archive.readUInt16LE(entry + 10);
  const size = archive.readUInt32LE(entry + 20);
  const header = archive.readUInt32LE(entry + 42);
  if (header + 30 > archive.length) return Buffer.alloc(0);
  const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
  const packed = archive.subarray(start, start + size);
  const content = method === 0 ? packed : method === 8 ? inflate(packed, room) : Buffer.alloc(0);
  if (content.length > room.bytes) return Buffer.alloc(0);
  room.bytes -= content.length;
  return content;
}

function inflate(packed: Buffer, room: UnpackingRoom): Buffer {
  try {
    return room.bytes > 0 ? inflateRawSync(packed, { maxOutputLength: room.bytes }) : Buffer.alloc(0);
  } catch (error) {
    // What does not fit is unpacked as far as the room goes; thousands of such entries would take minutes.
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") room.bytes = 0;
    return Buffer.alloc(0);
  }
}
