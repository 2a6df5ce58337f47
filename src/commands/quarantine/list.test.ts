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
