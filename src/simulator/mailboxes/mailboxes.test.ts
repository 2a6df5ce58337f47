import { readdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/temporary-directory.ts";
import type { Mailboxes } from "./mailboxes.ts";
import { createMaildirMailboxes } from "./maildir.ts";
import { createMemoryMailboxes } from "./memory.ts";

const now = () => 0;
const kinds: [string, () => Mailboxes][] = [
  ["memory", () => createMemoryMailboxes(now)],
  ["Maildir", () => createMaildirMailboxes(temporaryDirectory(), now)],
];
const raw = Buffer.from([0x53, 0x3a, 0x20, 0xe4, 0xff, 0x0d, 0x0a, 0x00]);
const departure = (guid: string, to: string[]) => ({
  guid,
  envelope: { from: "ann@example.org", to },
  raw,
  cause: "delivered" as const,
});

test.each(kinds)(
  "%s: a message stands in the mailbox of every recipient, byte for byte, in order",
  async (_name, create) => {
    const boxes = create();
    for (let turn = 1; turn <= 12; turn++) {
      await boxes.deliver(departure(`g${turn}`, ["Ben@example.com", "ben@example.com", "../carla@example.com"]));
    }
    expect(boxes.addresses()).toEqual([
      { address: "../carla@example.com", messages: 12 },
      { address: "ben@example.com", messages: 12 },
    ]);
    const messages = boxes.read("BEN@example.com");
    expect(messages.map(({ guid }) => guid)).toEqual(Array.from({ length: 12 }, (_, index) => `g${index + 1}`));
    expect(messages[0]).toEqual({
      guid: "g1",
      cause: "delivered",
      at: "1970-01-01T00:00:00.000Z",
      envelope: { from: "ann@example.org", to: ["Ben@example.com", "ben@example.com", "../carla@example.com"] },
      raw,
    });
  },
);

test.each(kinds)("%s: an unknown mailbox is empty, and clearing empties all", async (_name, create) => {
  const boxes = create();
  expect(boxes.read("nobody@example.com")).toEqual([]);
  await boxes.deliver(departure("g", ["ben@example.com"]));
  boxes.clear();
  expect([boxes.addresses(), boxes.read("ben@example.com")]).toEqual([[], []]);
});

test("a Maildir survives a restart, and a reader that marks mail as seen", async () => {
  const directory = temporaryDirectory();
  await createMaildirMailboxes(directory, now).deliver(departure("g1", ["ben@example.com"]));
  const box = join(directory, "ben%40example.com");
  const [name] = readdirSync(join(box, "new")) as [string];
  renameSync(join(box, "new", name), join(box, "cur", `${name}:2,S`));
  const reopened = createMaildirMailboxes(directory, now);
  await reopened.deliver(departure("g2", ["ben@example.com"]));
  expect(reopened.read("ben@example.com").map(({ guid }) => guid)).toEqual(["g1", "g2"]);
});
