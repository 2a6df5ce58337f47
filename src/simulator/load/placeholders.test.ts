import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { expandPlaceholders } from "./placeholders.ts";

const digest = (text: string) => createHash("sha256").update(text).digest("hex");

test("the EICAR and GTUBE texts are the known ones", () => {
  const eicar = expandPlaceholders(Buffer.from("{{EICAR}}")).toString();
  expect(digest(eicar)).toBe("275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f");
  expect(expandPlaceholders(Buffer.from("{{EICAR-BASE64}}")).toString()).toBe(Buffer.from(eicar).toString("base64"));
  expect(expandPlaceholders(Buffer.from("{{GTUBE}}")).toString()).toHaveLength(68);
});

test("random attachments are seeded, of the right size, and in lines of 76", () => {
  const expand = (text: string) => expandPlaceholders(Buffer.from(text)).toString();
  const body = expand("{{RANDOM-BASE64:1000:one}}");
  expect(Buffer.from(body, "base64")).toHaveLength(1000);
  expect(body.split("\n").map((line) => line.length)).toEqual([...Array(17).fill(76), expect.any(Number)]);
  expect(expand("{{RANDOM-BASE64:1000:one}}")).toBe(body);
  expect(expand("{{RANDOM-BASE64:1000:two}}")).not.toBe(body);
  expect(expand("a\r\n{{RANDOM-BASE64:100:x}}")).toMatch(/^a\r\n.{76}\r\n.{60}$/);
});

test("an unreasonable size is refused", () => {
  expect(() => expandPlaceholders(Buffer.from("{{RANDOM-BASE64:9000000000:x}}"))).toThrow("is the most");
});

test("bytes around a placeholder stay as they are, in any charset", () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (before, after) => {
      const mark = Buffer.from("<{{GTUBE}}>");
      const expanded = expandPlaceholders(Buffer.concat([before, mark, after]));
      expect(expanded.subarray(0, before.length + 1)).toEqual(Buffer.concat([before, Buffer.from("<")]));
      expect(expanded.subarray(expanded.length - after.length)).toEqual(Buffer.from(after));
    }),
  );
});
