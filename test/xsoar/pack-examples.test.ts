import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Example } from "../../src/hosts/xsoar/build/examples.ts";
import { toYaml } from "../../src/hosts/xsoar/build/yaml-text.ts";
import type { Entry } from "../../src/hosts/xsoar/entries/entry.ts";
import { xsoarCommands } from "../../src/hosts/xsoar/integration/commands.ts";
import { exampleOf, type Held, hold, openWarRoom, sender } from "./war-room.ts";

// `vitest run test/xsoar/pack-examples.test.ts --update` records the examples anew, after a look at what changed.
const recorded = fileURLToPath(new URL("../../src/hosts/xsoar/build/examples.yaml", import.meta.url));

/** Every command once, in an order in which each finds what it needs. */
function linesFor(held: readonly Held[]): string[] {
  const at = (index: number) => `folder_name=Quarantine local_guid=${held[index]?.localguid}`;
  const pps = "!proofpoint-pps";
  return [
    `${pps}-smart-search sender=${sender} limit=1`,
    `${pps}-release-message ${at(0)} deleted_folder=Deleted`,
    `${pps}-resubmit-message ${at(1)}`,
    `${pps}-forward-message ${at(2)} to=soc@example.com subject="For analysis:" append_old_subject=true`,
    `${pps}-move-message ${at(3)} target_folder=Audit`,
    `${pps}-delete-message ${at(4)} deleted_folder=Deleted`,
    `${pps}-download-message guid=${held[2]?.guid}`,
    `${pps}-quarantine-messages-list sender=${sender} subject="*Parcel*" start_time="7 days"`,
    `${pps}-quarantine-message-release ${at(5)} scan=true`,
    `${pps}-quarantine-message-resubmit ${at(6)}`,
    `${pps}-quarantine-message-forward ${at(2)} recipient=soc@example.com`,
    `${pps}-quarantine-message-move ${at(7)} target_folder=Audit`,
    `${pps}-quarantine-message-delete ${at(8)}`,
    `${pps}-quarantine-message-download guid=${held[2]?.guid}`,
    `${pps}-create-user email=bob@example.com fields=\`{"firstname": "Bob", "lastname": "Smith"}\``,
    `${pps}-modify-user email=bob@example.com fields=\`{"lastname": "Jones"}\``,
    `${pps}-get-user email=bob@example.com`,
    `${pps}-delete-user email=bob@example.com`,
    "!proofpoint-quarantine-folders",
    "!proofpoint-add-to-blocked-senders-list email=billing@evil.test",
    "!proofpoint-add-to-safe-senders-list email=news@shop.example user=ann@example.com",
    "!proofpoint-remove-from-blocked-senders-list email=billing@evil.test",
    "!proofpoint-remove-from-safe-senders-list email=news@shop.example user=ann@example.com",
    `${pps}-quarantine-folders count=true`,
    `${pps}-message-show guid=${held[2]?.guid}`,
    `${pps}-users-blocklist-add entries=evil.test user=ann@example.com`,
    `${pps}-users-blocklist-list user=ann@example.com`,
    `${pps}-users-blocklist-remove entries=evil.test user=ann@example.com`,
    `${pps}-users-safelist-add entries=news@shop.example user=ann@example.com`,
    `${pps}-users-safelist-list user=ann@example.com`,
    `${pps}-users-safelist-remove entries=news@shop.example user=ann@example.com`,
    `${pps}-blocklist-add email="evil.test,*.evil.test" comment="Case 4711"`,
    `${pps}-blocklist-list`,
    `${pps}-blocklist-remove email=evil.test`,
    `${pps}-blocklist-sync file="billing@evil.test" label=feed`,
    `${pps}-safelist-add email=news@shop.example`,
    `${pps}-safelist-list`,
    `${pps}-safelist-remove email=news@shop.example`,
    `${pps}-safelist-sync file="news@shop.example" label=partners`,
    `${pps}-hunt indicators="${sender},hxxps://pay.parcels[.]example/fee" start_time="1 day" limit=3`,
    `${pps}-respond-false-positive guid=${held[9]?.guid}`,
    `${pps}-respond-phishing guid=${held[5]?.guid} folder_name=Quarantine deleted_folder=Deleted dry_run=true`,
    `${pps}-blocklist-feed file="mallory@evil.test" label=phish-feed dry_run=true`,
  ];
}

test("the examples in the README are what the bundle gives, one of every command", async () => {
  await using room = await openWarRoom();
  const taken: Record<string, Example[]> = {};
  async function take(line: string): Promise<Entry[]> {
    const entries = await room.run(line);
    const [name = ""] = line.slice(1).split(" ");
    taken[name] = [...(taken[name] ?? []), exampleOf(line, entries)];
    return entries;
  }
  await hold(room, 2);
  await take(`!proofpoint-pps-list-quarantined-messages from=${sender}`);
  const held = await hold(room, 8);
  for (const line of linesFor(held)) await take(line);
  expect(Object.keys(taken).sort()).toEqual(xsoarCommands.map(({ name }) => name).sort());
  await expect(toYaml(taken)).toMatchFileSnapshot(recorded);
});
