import fc from "fast-check";
import { expect, test } from "vitest";
import { createClock } from "../clock.ts";
import { createFolders } from "../folders.ts";
import { resolveQuirks } from "../quirks.ts";
import { createRandom } from "../random.ts";
import type { TextForm, TextPattern } from "./query.ts";
import { createStore } from "./sqlite-store.ts";
import type { SyntheticMessage } from "./store.ts";

const start = 1_770_000_000;

function openStore() {
  return createStore({
    folders: createFolders(),
    quirks: resolveQuirks("pod"),
    clock: createClock(),
    random: createRandom(1),
    composeSynthetic: () => Buffer.from(""),
  });
}

/** What the search means, without an index: the test's own reading of the forms. */
function isMatch(pattern: TextPattern, text: string): boolean {
  if (typeof pattern === "string") return pattern === "any";
  return pattern.some((form) => fits(form, text));
}

function fits({ kind, text: wanted, isExactCase }: TextForm, text: string): boolean {
  if (!isExactCase) return fits({ kind, text: wanted.toLowerCase(), isExactCase: true }, text.toLowerCase());
  switch (kind) {
    case "equals":
      return text === wanted;
    case "starts":
      return text.startsWith(wanted);
    case "ends":
      return text.endsWith(wanted);
    case "contains":
      return text.includes(wanted);
    case "glob": {
      const parts = wanted.split("*").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
      return new RegExp(`^${parts.join(".*")}$`, "su").test(text);
    }
  }
}

const letters = fc.constantFrom(
  "a",
  "B",
  "b",
  "ü",
  "Ü",
  "é",
  "%",
  "_",
  '"',
  "'",
  "[",
  "]",
  "?",
  "@",
  ".",
  " ",
  "請",
  "😀",
);
const text = fc.string({ unit: letters, maxLength: 8 });
const address = fc.constantFrom(
  "",
  "Ann@example.com",
  "ann@example.com",
  "b.b@sub.example.com",
  "a@b",
  "bob@example.net",
);

const message = fc.record({
  folder: fc.constantFrom("Quarantine", "Phish"),
  second: fc.integer({ min: 0, max: 5 }),
  subject: text,
  from: address,
  rcpts: fc.uniqueArray(address, { minLength: 0, maxLength: 3 }),
});

const form = fc.record<TextForm>({
  kind: fc.constantFrom("equals", "starts", "ends", "contains", "glob"),
  text: fc.oneof(text, address, fc.constantFrom("@example.com", "b*b", "*", "a*", "*a*b*")),
  isExactCase: fc.boolean(),
});
const pattern: fc.Arbitrary<TextPattern> = fc.oneof(
  { weight: 3, arbitrary: fc.constant("any" as const) },
  { weight: 1, arbitrary: fc.constant("none" as const) },
  { weight: 6, arbitrary: fc.array(form, { minLength: 1, maxLength: 2 }) },
);

test("a search finds exactly what its patterns mean, newest first, whatever way the planner takes", () => {
  fc.assert(
    fc.property(
      fc.array(message, { maxLength: 30 }),
      pattern,
      pattern,
      pattern,
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 1, max: 40 }),
      (messages, sender, recipient, subject, first, last, limit) => {
        const store = openStore();
        store.holdSynthetic(messages.map((one, index) => made(one, index)));
        const query = {
          folder: "Quarantine",
          window: { first: start + first, last: start + last },
          sender,
          recipient,
          subject,
          limit,
        };
        const expected = messages
          .map((one, index) => ({ ...one, index }))
          .filter((one) => one.folder === "Quarantine" && one.second >= first && one.second <= last)
          .filter((one) => isMatch(sender, one.from) && isMatch(subject, one.subject))
          .filter((one) => recipient === "any" || one.rcpts.some((rcpt) => isMatch(recipient, rcpt)))
          .sort((left, right) => right.second - left.second || right.index - left.index)
          .map(({ index }) => `g${index}`);
        const found = store.search(query).map(({ guid }) => guid);
        const count = store.count(query);
        store.close();
        expect(found).toEqual(expected.slice(0, limit));
        expect(count).toBe(expected.length);
      },
    ),
    { numRuns: 150 },
  );
}, 30_000);

test("every way of the planner gives the same answer: few rows by sender, many rows by time, too many texts to list", () => {
  const store = openStore();
  store.holdSynthetic(
    Array.from({ length: 12_000 }, (_, index) => ({
      ...made({ folder: "Quarantine", second: index, subject: `Case ${index}`, from: "", rcpts: [] }, index),
      from: index % 100 === 0 ? "rare@example.net" : `user${index}@example.org`,
      rcpts: ["all@example.com", `r${index % 3}@example.com`],
    })),
  );
  const base = { folder: "Quarantine", window: { first: start, last: start + 20_000 }, limit: 1000 } as const;
  const starts = (wanted: string): TextPattern => [{ kind: "starts", text: wanted, isExactCase: false }];
  const find = (sender: TextPattern, recipient: TextPattern, subject: TextPattern) => {
    const query = { ...base, sender, recipient, subject };
    const guids = store.search(query).map(({ guid }) => Number(guid.slice(1)));
    expect([...guids].sort((left, right) => right - left)).toEqual(guids);
    return [guids.length, guids[0], store.count(query)];
  };
  const all = Array.from({ length: 12_000 }, (_, index) => index);
  const oneThird = all.filter((index) => index % 100 !== 0 && index % 3 === 1 && `${index}`.startsWith("1")).length;
  expect(find("any", "any", "any")).toEqual([1000, 11_999, 12_000]);
  expect(find(starts("rare"), "any", "any")).toEqual([120, 11_900, 120]);
  expect(find(starts("user"), "any", "any")).toEqual([1000, 11_999, 11_880]);
  expect(find(starts("user"), starts("r1"), starts("case 1"))).toEqual([1000, 11_998, oneThird]);
  expect(find("any", starts("all"), "any")).toEqual([1000, 11_999, 12_000]);
  expect(find("any", starts("r"), "any")).toEqual([1000, 11_999, 12_000]);
  expect(find("any", "any", starts("case"))).toEqual([1000, 11_999, 12_000]);
  expect(find("any", "any", starts("case 11999"))).toEqual([1, 11_999, 1]);
  store.close();
});

function made(
  {
    folder,
    second,
    subject,
    from,
    rcpts,
  }: { folder: string; second: number; subject: string; from: string; rcpts: string[] },
  index: number,
): SyntheticMessage {
  return {
    guid: `g${index}`,
    folder,
    receivedAt: start + second,
    subject,
    messageId: "",
    from,
    rcpts,
    sizeBytes: 1,
    spamScore: 1,
    hostIp: "[192.0.2.1] [192.0.2.1]",
    processingServer: "pps.example.com",
    dlp: "",
  };
}
