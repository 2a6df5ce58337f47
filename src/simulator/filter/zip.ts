import { inflateRawSync } from "node:zlib";
import type { AttachedFile } from "./mail-content.ts";

const directoryEntry = 0x02014b50;
const localHeader = 0x04034b50;
const endOfDirectory = 0x06054b50;
const mostFiles = 100;
const mostBytes = 20_000_000;

/**
 * The files packed in a zip archive; none when the bytes are no zip.
 * Encrypted, oddly packed and broken entries keep their name and lose their content; bombs are cut off at 20 MB a file.
 */
export function readZip(archive: Buffer): AttachedFile[] {
  if (archive.length < 22 || archive.readUInt32LE(0) !== localHeader) return [];
  const files: AttachedFile[] = [];
  let at = directoryStart(archive);
  while (files.length < mostFiles && at + 46 <= archive.length && archive.readUInt32LE(at) === directoryEntry) {
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString("utf8", at + 46, at + 46 + nameLength);
    files.push({ name, type: "application/octet-stream", content: unpack(archive, at) });
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

function unpack(archive: Buffer, entry: number): Buffer {
  const method = archive.readUInt16LE(entry + 10);
  const size = archive.readUInt32LE(entry + 20);
  const header = archive.readUInt32LE(entry + 42);
  if (header + 30 > archive.length) return Buffer.alloc(0);
  const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
  const packed = archive.subarray(start, start + size);
  if (method === 0) return packed;
  try {
    return method === 8 ? inflateRawSync(packed, { maxOutputLength: mostBytes }) : Buffer.alloc(0);
  } catch {
    return Buffer.alloc(0);
  }
}
