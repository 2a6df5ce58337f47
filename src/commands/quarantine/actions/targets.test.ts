import { expect, test } from "vitest";
import { isPpsError } from "../../../core/errors.ts";
import { defaultFolders } from "../../site-folders.ts";
import { readTargets } from "./targets.ts";

function refusal(items: string[], folder?: string) {
  try {
    readTargets(items, folder, defaultFolders);
  } catch (error) {
    if (isPpsError(error)) return { code: error.code, message: error.message, field: error.field };
    throw error;
  }
  return undefined;
}

test("plain ids lie in the folder that is named", () => {
  expect(readTargets(["7:7:105", "-a_B"], "Phish", defaultFolders)).toEqual([
    { localGuid: "7:7:105", folder: "Phish" },
    { localGuid: "-a_B", folder: "Phish" },
  ]);
});

test("a message as a listing prints it brings its folder and what makes looking for it cheap", () => {
  const line = JSON.stringify({
    guid: "g",
    localGuid: "4:12:88",
    folder: "Legal, Paris",
    sender: "",
    receivedAt: "2026-03-04T05:06:07Z",
    subject: "a, b",
  });
  expect(readTargets([line], undefined, defaultFolders)).toEqual([
    { guid: "g", localGuid: "4:12:88", folder: "Legal, Paris", sender: "", receivedAt: Date.UTC(2026, 2, 4, 5, 6, 7) },
  ]);
});

test("the message's own spelling of its folder stands (pps-api.md 8)", () => {
  expect(readTargets(['{"localGuid":"1","folder":"Phish"}'], "phish", defaultFolders)).toEqual([
    { localGuid: "1", folder: "Phish" },
  ]);
});

test("a message without a folder lies in the one that is named", () => {
  expect(readTargets(['{"localGuid":"1"}'], "Phish", defaultFolders)).toEqual([{ localGuid: "1", folder: "Phish" }]);
});

test("a message named twice is one target, also by id and by line", () => {
  const items = ["1", '{"localGuid":"1","folder":"phish"}', "1", "2"];
  expect(readTargets(items, "Phish", defaultFolders).map((target) => target.localGuid)).toEqual(["1", "2"]);
});

test("the same id in two folders is two targets", () => {
  const items = ['{"localGuid":"1","folder":"Phish"}', '{"localGuid":"1","folder":"Spam"}'];
  expect(readTargets(items, undefined, defaultFolders)).toHaveLength(2);
});

test("ids keep their letter case (pps-api.md 9 row 21)", () => {
  expect(readTargets(["a", "A"], "Phish", defaultFolders)).toHaveLength(2);
});

test("an id without any folder is refused", () => {
  expect(refusal(["1"])).toMatchObject({ code: "bad_input", field: "folder" });
  expect(refusal(['{"localGuid":"1"}'])).toMatchObject({ code: "bad_input", field: "folder" });
});

test("a message of another folder than the one named is refused", () => {
  expect(refusal(['{"localGuid":"1","folder":"Spam"}'], "Phish")).toEqual({
    code: "bad_input",
    message: "Message 1 lies in folder Spam, not in Phish.",
    field: "folder",
  });
});

test.each(['{"truncated":true}', "{not json", '{"localGuid":""}', '{"localGuid":null,"folder":"Phish"}'])(
  "the line %s is refused by its number",
  (line) => {
    expect(refusal(["1", line], "Phish")).toEqual({
      code: "bad_input",
      message: "Item 2 is neither a local id nor a message with a localGuid.",
      field: "localGuids",
    });
  },
);

test.each(['{"localGuid":"1,2","folder":"Phish"}', "1,2"])(
  "%s would name two messages at once, for the comma divides ids (pps-api.md 2.4)",
  (item) => {
    expect(refusal([item], "Phish")).toMatchObject({ code: "bad_input", field: "localGuids" });
  },
);

test("a folder is named as the site spells it, since actions may be exact about case (pps-api.md 8)", () => {
  expect(readTargets(["1"], "phish", defaultFolders)).toEqual([{ localGuid: "1", folder: "Phish" }]);
  expect(readTargets(["1"], "own folder", defaultFolders)).toEqual([{ localGuid: "1", folder: "own folder" }]);
});
