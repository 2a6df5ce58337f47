import { expect, test } from "vitest";
import { createCloudLists, wire } from "../../../../test/model/cloud-lists.ts";
import { call, outcomes } from "../../../../test/model/list-calls.ts";
import { blocklistAdd } from "./add.ts";
import { blocklistList } from "./list.ts";
import { blocklistRemove } from "./remove.ts";

test("says of a file that was cut that more may stand there", () => {
  const lists = createCloudLists({ blocklist: [wire("ann@bad.example")] });
  const cut = "entry\nann@bad.example\n# This list is not complete. Cut.\n";
  expect(call(blocklistRemove, lists, { file: cut }).notes).toEqual([
    expect.stringContaining("says of itself that it is not complete"),
  ]);
});

test("takes what add made of an entry, and the very text whatever it is compared with", () => {
  const lists = createCloudLists({
    blocklist: [
      wire("@evil.example", { operator: "contain" }),
      wire("evil.example", { attribute: "$helo" }),
      wire("other.example"),
    ],
  });
  const { items } = call(blocklistRemove, lists, { entries: ["evil.example", "nobody@evil.example"] });
  expect(outcomes(items).sort()).toEqual([
    ["accepted", "@evil.example"],
    ["accepted", "evil.example"],
    ["unchanged", "nobody@evil.example"],
  ]);
  expect(lists.blocklist.map(({ value }) => value)).toEqual(["other.example"]);
});

test("never takes a part of an entry for the whole", () => {
  const lists = createCloudLists({ blocklist: [wire("joann@evil.example")] });
  expect(outcomes(call(blocklistRemove, lists, { entries: ["ann@evil.example"] }).items)).toEqual([
    ["unchanged", "ann@evil.example"],
  ]);
  expect(lists.blocklist).toHaveLength(1);
});

test("of entries that differ only in what no rule knows, it takes the very one that was listed, in PPS's own spelling", () => {
  const odd = wire("evil.example", { attribute: "$subject", operator: "ends-With" });
  const others = [wire("evil.example", { attribute: "$helo" }), wire("evil.example", { attribute: "constructor" })];
  const lists = createCloudLists({ blocklist: [odd, ...others] });
  const [listed] = call(blocklistList, lists, {}).items;
  const removed = call(blocklistRemove, lists, { entries: [JSON.stringify(listed)] });
  expect(outcomes(removed.items)).toEqual([["accepted", "evil.example"]]);
  expect(lists.blocklist).toEqual(others);
  call(blocklistRemove, lists, { entries: ["evil.example"] });
  expect(lists.blocklist).toEqual([]);
});

test("finds an entry that PPS keeps with blanks round it, and adds it no second time", () => {
  const lists = createCloudLists({ blocklist: [wire(" Ann@evil.example ")] });
  expect(outcomes(call(blocklistAdd, lists, { entries: ["ann@evil.example"] }).items)).toEqual([
    ["unchanged", "ann@evil.example"],
  ]);
  expect(outcomes(call(blocklistRemove, lists, { entries: ["ann@evil.example"] }).items)).toEqual([
    ["accepted", " Ann@evil.example "],
  ]);
  expect(lists.blocklist).toEqual([]);
});

test("finds an address in whatever spelling PPS keeps it, and every spelling of it", () => {
  const ip = (value: string) => wire(value, { attribute: "$ip" });
  const lists = createCloudLists({
    blocklist: [ip("192.0.2.7/32"), ip("2001:DB8:0::7"), ip("192.0.2.70"), ip("192.0.2.7"), wire("192.0.2.7/32")],
  });
  const { items } = call(blocklistRemove, lists, { entries: ["192.0.2.7", "2001:db8::7"] });
  expect(outcomes(items).sort()).toEqual([
    ["accepted", "192.0.2.7"],
    ["accepted", "192.0.2.7/32"],
    ["accepted", "2001:DB8:0::7"],
  ]);
  expect(lists.blocklist).toEqual([ip("192.0.2.70"), wire("192.0.2.7/32")]);
});

test("a line that names no entry takes none", () => {
  const lists = createCloudLists({ blocklist: [wire("")] });
  call(blocklistRemove, lists, { entries: ['{"note":"x"}'] });
  expect(lists.blocklist).toHaveLength(1);
});

test("takes away what no rule would let in, such as a lone word", () => {
  const lists = createCloudLists({ blocklist: [wire("lottery", { operator: "contain", attribute: "$hfrom" })] });
  call(blocklistRemove, lists, { entries: ["lottery"] });
  expect(lists.blocklist).toEqual([]);
});
