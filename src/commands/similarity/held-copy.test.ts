import { expect, test } from "vitest";
import { readMessage } from "../quarantine/message.ts";
import { isReleased, readHeldCopy } from "./held-copy.ts";

const copyOf = (folder: string, statusdesc?: string) =>
  readHeldCopy(
    readMessage(
      { folder, localguid: "4:2:6", ...(statusdesc === undefined ? {} : { messagestatus: [{ statusdesc }] }) },
      "",
    ),
  );

test.each([
  ["Phish", undefined, undefined],
  ["Phish", "New", undefined],
  ["Phish", "Released", "Released"],
  ["Deleted", "Deleted", undefined],
  ["smart send released", undefined, "folder smart send released"],
])("a copy in %s with status %s was released by %s", (folder, status, releaseNote) => {
  const copy = copyOf(folder, status);
  expect(copy.releaseNote).toBe(releaseNote);
  expect(isReleased([copyOf("Phish"), copy])).toBe(releaseNote !== undefined);
});
