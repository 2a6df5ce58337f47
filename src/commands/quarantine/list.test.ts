import { expect, test } from "vitest";
import { execute } from "../../../test/model/execute.ts";
import { createMailSystem } from "../../../test/model/mail-system.ts";
import { quarantineList } from "./list.ts";

const now = Date.UTC(2026, 2, 4, 12);
const folders = [{ name: "Phish", moduleType: "mail" as const }];

test("a folder that is named is searched besides all that are configured", () => {
  const raw = { sender: "*", folder: "Own", allFolders: true };
  const { searched } = execute(quarantineList, raw, createMailSystem(), { now, folders });
  expect(searched.map(({ folder }) => folder)).toEqual(["Phish", "Own"]);
});

test("a surface that asks for it gets PPS's own records beside the messages, nobody else", () => {
  const record = { size: "5120", spamscore: 7, fresh: { a: [1, null] } };
  const system = createMailSystem({
    held: [{ guid: "g1", localguid: "4:2:6", folder: "Phish", time: now - 1000, record }],
  });
  const raw = { sender: "*", folder: "Phish" };
  execute(quarantineList, raw, system, { now, folders, keepsRecords: true });
  execute(quarantineList, raw, system, { now, folders });
  const [kept, plain] = system.items as { record?: object }[];
  expect(kept?.record).toMatchObject({ ...record, guid: "g1", localguid: "4:2:6", folder: "Phish" });
  expect(plain).toEqual({ ...kept, record: undefined });
  expect(plain).not.toHaveProperty("record");
});
