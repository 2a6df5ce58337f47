import { expect, test } from "vitest";
import { createFolders } from "./folders.ts";

test("the default folders have their module type", () => {
  const folders = createFolders();
  expect(folders.find("Quarantine")?.moduleType).toBe("mail");
  expect(folders.find("SSN High Probability")?.moduleType).toBe("dlp");
  expect(folders.all).toHaveLength(35);
});

test("a folder is found in any letter case and keeps its own spelling", () => {
  expect(createFolders().find("attachment defense")?.name).toBe("Attachment Defense");
});

test("own folders are added with their type, also with blanks and commas in the name", () => {
  const folders = createFolders(["TestQ", "Cards, lost:dlp", "Odd: name"]);
  expect(folders.find("TestQ")).toEqual({ name: "TestQ", moduleType: "mail" });
  expect(folders.find("cards, lost")).toEqual({ name: "Cards, lost", moduleType: "dlp" });
  expect(folders.find("Odd: name")?.moduleType).toBe("mail");
});

test("an empty or repeated name is refused", () => {
  expect(() => createFolders([":dlp"])).toThrow("A folder needs a name");
  expect(() => createFolders(["phish"])).toThrow('The folder "phish" is there twice.');
});
