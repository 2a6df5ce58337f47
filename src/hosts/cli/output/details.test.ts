import { expect, test } from "vitest";
import { detailsText } from "./details.ts";
import { plain } from "./paint.ts";

test("one result is printed value by value, its lists of objects as tables", () => {
  const message = {
    guid: "Qm4r",
    recipients: ["ann@example.com", "bob@example.com"],
    urls: [],
    nothing: null,
    content: {
      subject: "Hello",
      attachments: [
        { name: "a.pdf", sizeBytes: 10 },
        { name: "b.zip", sizeBytes: 2000 },
      ],
    },
  };
  expect(detailsText(message, { paint: plain })).toBe(`guid        Qm4r
recipients  ann@example.com
            bob@example.com
urls        -

content
  subject  Hello

  attachments
    name   sizeBytes
    a.pdf  10
    b.zip  2000
`);
});

test("objects too wide for the terminal are printed one by one, uncut", () => {
  const text = detailsText(
    {
      attachments: [
        { name: "a.pdf", sha256: "0".repeat(64) },
        { name: "b.zip", sha256: "1".repeat(64) },
      ],
    },
    { width: 60, paint: plain },
  );
  expect(text).toBe(`attachments
  name    a.pdf
  sha256  ${"0".repeat(64)}

  name    b.zip
  sha256  ${"1".repeat(64)}
`);
});

test("a body keeps its lines, and none of them reaches the terminal unread", () => {
  expect(detailsText({ text: "one\n\n\u001b[2Jtwo" }, { paint: plain })).toBe("text  one\n\n      \\u{1b}[2Jtwo\n");
});

test("the tabs of folded headers and of a body are blanks", () => {
  const details = { text: "a\tb\nc", headers: [{ name: "To", value: "ann@example.com,\tbob@example.com" }] };
  expect(detailsText(details, { paint: plain })).toBe(`text  a b
      c

headers
  name  value
  To    ann@example.com, bob@example.com
`);
});
