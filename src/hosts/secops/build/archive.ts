import { type Zippable, zipSync } from "fflate";

/** Contents by path, with forward slashes; a path that ends with one is an empty folder. */
export type Files = Readonly<Record<string, string | Buffer>>;

/** A zip whose bytes depend on names and contents alone: sorted entries that all bear the same day. */
export function zip(contents: Files): Buffer {
  const entries: Zippable = {};
  for (const path of Object.keys(contents).sort()) {
    const level = path.endsWith("/") ? 0 : 9;
    entries[path] = [Buffer.from(contents[path] ?? ""), { mtime: new Date(2026, 0, 1), level }];
  }
  return Buffer.from(zipSync(entries));
}
