import { expect, test } from "vitest";
import { ann, failure, run, withAnn } from "../../../../test/model/managing.ts";
import { usersCreate } from "../create.ts";
import { usersModify } from "../modify.ts";

test.each([
  ["a mail provider", { blocklist: "gmail.com" }, "mail provider"],
  ["an own domain", { blocklist: ["ann@evil.example", "@EXAMPLE.com."] }, "your own domains"],
  ["a public suffix", { safelist: ["co.uk"] }, "public suffix"],
  ["a list without an entry", { safelist: [] }, "might empty"],
  ["a blank entry", { blocklist: "" }, "might empty"],
])("%s among further fields is refused before anything is sent", (_what, fields, reason) => {
  for (const [command, directory] of [
    [usersCreate, withAnn()],
    [usersModify, withAnn()],
  ] as const) {
    expect(failure(command, directory, { email: ann, fields })).toMatchObject({
      code: "bad_input",
      message: expect.stringContaining(reason),
    });
    expect(directory.asked).toEqual([]);
  }
});

test("harmless senders among further fields are passed on as they are, with what is to be said of them", () => {
  const directory = withAnn();
  const { notes } = run(usersModify, directory, { email: ann, fields: { safelist: "@Partner.example" } });
  expect(directory.asked[0]?.body).toEqual({ safelist: "@Partner.example" });
  expect(notes).toEqual([expect.stringContaining("@partner.example")]);
});
