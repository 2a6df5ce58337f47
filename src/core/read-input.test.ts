import fc from "fast-check";
import { expect, test } from "vitest";
import { isPpsError, type PpsError } from "./errors.ts";
import { choice, type Fields, flag, integer, list, object, pattern, text, time } from "./fields.ts";
import { readInput } from "./read-input.ts";

const now = Date.UTC(2026, 2, 4, 5, 6, 7);

function read(fields: Fields, raw: Record<string, unknown>, nameOf?: (field: string) => string) {
  const context = nameOf === undefined ? { now } : { now, nameOf };
  return readInput({ name: "test.command", fields, rules: [] }, raw, context) as Record<string, unknown>;
}

function refusal(fields: Fields, raw: Record<string, unknown>): PpsError {
  try {
    read(fields, raw);
  } catch (error) {
    if (isPpsError(error)) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

const description = "A value.";
const word = { value: text({ description, maxLength: 5 }) };
const lines = { value: text({ description, multiline: true }) };
const address = { value: pattern({ description }) };
const instant = { value: time({ description }) };
const small = { value: integer({ description, min: 1, max: 50 }) };
const most = { value: integer({ description, min: 1, max: 50, orAll: true }) };
const action = { value: choice({ description, values: ["accept", "Retry"] }) };
const yes = { value: flag({ description }) };
const ids = { value: list({ description, maxItems: 3, maxLength: 40 }) };
const names = { value: list({ description, maxItems: 3, maxLength: 40, separator: "none" }) };

test.each<[string, Fields, unknown, unknown]>([
  ["a text is trimmed", word, "  ann ", "ann"],
  ["a text of the greatest length passes", word, "abcde", "abcde"],
  ["a number stands for its text", word, 42, "42"],
  ["a text of several lines keeps its line breaks", lines, " one\r\ntwo\n", "one\r\ntwo"],
  ["a tab may stand inside a text", word, "a\tb", "a\tb"],
  ["a pattern may begin and end with a star", address, "*word*", "*word*"],
  ["a lone star is a pattern", address, "*", "*"],
  ["a time phrase counts back from now", instant, "1 hour", now - 3_600_000],
  ["a Date passes as its instant", instant, new Date(now), now],
  ["a number of milliseconds is an instant", instant, now, now],
  ["1970 is an instant", instant, new Date(0), 0],
  ["an integer is read from text", small, " 7 ", 7],
  ["an integer passes at its least", small, 1, 1],
  ["an integer passes at its most", small, "50", 50],
  ["all means without end", most, "ALL", Infinity],
  ["Infinity means without end", most, Infinity, Infinity],
  ["a choice is read in any case", action, " RETRY ", "Retry"],
  ["a flag is read from true", yes, true, true],
  ["a flag is read from yes", yes, "Yes", true],
  ["a flag is read from 1", yes, 1, true],
  ["a flag is read from t", yes, "t", true],
  ["a flag is read from false", yes, "FALSE", false],
  ["a flag is read from 0", yes, 0, false],
  ["a list is split at commas and its blanks dropped", ids, " a, b ,,c ", ["a", "b", "c"]],
  ["a list may be an array", ids, ["a", " b"], ["a", "b"]],
  ["items of an array are split too", ids, ["a,b", "c"], ["a", "b", "c"]],
  ["a list may be a JSON array in a text", ids, '["a", 2]', ["a", "2"]],
  ["a text that only begins as a JSON array is an item", ids, "[a", ["[a"]],
  ["one JSON object keeps its commas", ids, '{"a":1,"b":2}', ['{"a":1,"b":2}']],
  ["an array of numbers is a list", ids, [1, 2], ["1", "2"]],
  ["names are not split at commas", names, "Legal, Paris", ["Legal, Paris"]],
  ["names in an array are not split at commas", names, ["Legal, Paris", "Phish"], ["Legal, Paris", "Phish"]],
  ["a JSON array keeps the commas of names", names, '["Legal, Paris","Phish"]', ["Legal, Paris", "Phish"]],
])("%s", (_sentence, fields, given, expected) => {
  expect(read(fields, { value: given })).toEqual({ value: expected });
});

test.each<[string, Fields, unknown, string]>([
  ["a text that is too long", word, "abcdef", "value is 6 characters long; at most 5 are taken."],
  ["a blank text", word, "  ", "value is blank."],
  ["a control character", word, "a\u001bb", "value holds a control character."],
  ["a line break", word, "a\nb", "value holds a control character."],
  ["an escape in a text of several lines", lines, "a\n\u001bb", "value holds a control character."],
  ["half of a character", word, "a\ud83d", "value holds half a character."],
  ["an object for a text", word, { a: 1 }, 'value takes a text, not "{"a":1}".'],
  ["a boolean for a text", word, true, 'value takes a text, not "true".'],
  ["a star inside a pattern", address, "a*b", 'value takes * only at its start or end, not "a*b".'],
  ["a star beside a star", address, "**a", 'value takes * only at its start or end, not "**a".'],
  ["an instant before 1970", instant, -1, 'value takes milliseconds since 1970, not "-1".'],
  ["seconds in place of milliseconds", instant, 1_580_000_000, "value takes milliseconds since 1970"],
  ["an instant past the year 9999", instant, 253_402_300_800_000, "value takes milliseconds since 1970"],
  ["an invalid Date", instant, new Date(Number.NaN), "value takes milliseconds since 1970"],
  ["a phrase that is no time", instant, "soonish", 'value is not a time that can be read: "soonish";'],
  ["a boolean for a time", instant, true, 'value takes a time, not "true".'],
  ["an integer below its least", small, 0, 'value takes a whole number from 1 to 50, not "0".'],
  ["an integer above its most", small, "51", 'value takes a whole number from 1 to 50, not "51".'],
  ["a fraction", small, 1.5, 'value takes a whole number from 1 to 50, not "1.5".'],
  ["an exponent", small, "1e1", 'value takes a whole number from 1 to 50, not "1e1".'],
  ["all where it is not offered", small, "all", 'value takes a whole number from 1 to 50, not "all".'],
  ["a word for an integer", most, "many", 'value takes a whole number from 1 to 50, or all, not "many".'],
  ["a list for an integer", small, [7], 'value takes a whole number from 1 to 50, not "[7]".'],
  ["a value that is no choice", action, "drop", 'value takes one of accept, Retry, not "drop".'],
  ["a list for a choice", action, ["accept"], 'value takes one of accept, Retry, not "["accept"]".'],
  ["a word for a flag", yes, "maybe", 'value takes true or false, not "maybe".'],
  ["a list for a flag", yes, ["true"], 'value takes true or false, not "["true"]".'],
  ["a list of nothing but commas", ids, " , ,", "value is an empty list."],
  ["too many items", ids, "a,b,c,d", "value has 4 items; at most 3 are taken in one call."],
  ["an item that is too long", ids, "x".repeat(41), "value is 41 characters long; at most 40 are taken."],
  ["an object for an item", ids, [{ a: 1 }], 'value takes a text, not "{"a":1}".'],
  ["an object for a list", ids, { a: 1 }, 'value takes a list, not "{"a":1}".'],
  ["a boolean for a list", ids, true, 'value takes a list, not "true".'],
  ["an object without ways to become a text", small, Object.create(null), 'not "{}".'],
  ["a number too great for JSON", word, 10n, "value takes a text"],
])("%s is refused, and the field named", (_sentence, fields, given, complaint) => {
  const error = refusal(fields, { value: given });
  expect(error).toMatchObject({ code: "bad_input", field: "value" });
  expect(error.message).toContain(complaint);
});

test("a list of any length is counted, not choked on", () => {
  const many = "a,".repeat(400_000);
  expect(refusal(ids, { value: many }).message).toContain("has 400000 items");
  expect(refusal(ids, { value: [many] }).message).toContain("has 400000 items");
});

test.each([undefined, null, "", []])("%j means that nothing was given", (given) => {
  const fields = { value: text({ description }), limit: integer({ description, min: 1, max: 9, default: "3" }) };
  expect(read(fields, { value: given, limit: given })).toEqual({ limit: 3 });
});

test("a flag that was not given is false, and a default is read like a value", () => {
  expect(read({ ...yes, since: time({ description, default: "1 hour" }) }, {})).toEqual({
    value: false,
    since: now - 3_600_000,
  });
});

test("a required field that is missing is named as the surface calls it, with its description", () => {
  const fields = { value: text({ description: "Folder that holds the message.", required: true }) };
  expect(() => read(fields, {}, (field) => `--${field}`)).toThrow("--value is missing: Folder that holds the message.");
});

test("an unknown key is refused with the names that are known", () => {
  expect(refusal(word, { valeu: "a" }).message).toBe("valeu is not known to test.command; it takes value.");
  expect(refusal({}, { value: "a" }).message).toBe("value is not known to test.command; it takes nothing.");
  expect(refusal(word, { toString: "a" })).toMatchObject({ code: "bad_input", field: "toString" });
});

test("an unknown key is quoted on one line and cut", () => {
  const { message } = refusal(word, { [`a\u001b[31m\n${"b".repeat(500)}`]: 1 });
  expect(message).not.toMatch(/\p{Cc}/u);
  expect(message.length).toBeLessThan(200);
});

test("a rule's complaint is bad input in the surface's names", () => {
  const command = {
    name: "test.command",
    fields: word,
    rules: [(_input: Record<string, unknown>, nameOf: (field: string) => string) => `${nameOf("value")} is wrong.`],
  };
  const nameOf = (field: string) => field.toUpperCase();
  expect(() => readInput(command, { value: "a" }, { now, nameOf })).toThrow("VALUE is wrong.");
});

test("no value whatever makes the reader throw anything but bad input on one clean line", () => {
  const every = { ...word, address: address.value, instant: instant.value, small: small.value, most: most.value };
  const fields: Fields = { ...every, action: action.value, yes: yes.value, ids: ids.value, names: names.value };
  const anything = fc.oneof(
    fc.anything({ withBigInt: true, withNullPrototype: true, withDate: true, withSparseArray: true, withMap: true }),
    fc.string({ unit: "binary" }),
    fc.string().map((inner) => `[${inner}]`),
    fc.json(),
    fc.constant(Symbol("odd")),
    fc.constant(() => 1),
    fc.constant({ toString: null, valueOf: 1 }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(fields)), anything, (key, given) => {
      try {
        read(fields, { [key]: given });
      } catch (error) {
        if (!isPpsError(error)) throw error;
        expect(error.code).toBe("bad_input");
        expect(error.message).not.toMatch(/\p{Cc}|\p{Cs}/u);
        expect(error.message.length).toBeLessThan(300);
      }
    }),
    { numRuns: 3000 },
  );
});

test("whatever is read keeps the field's bounds", () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.string(), fc.array(fc.string()), fc.json()), (given) => {
      for (const [fields, isWithin] of [
        [word, (value: unknown) => typeof value === "string" && value.length > 0 && value.length <= 5],
        [small, (value: unknown) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 50],
        [action, (value: unknown) => value === "accept" || value === "Retry"],
        [ids, (value: unknown) => Array.isArray(value) && value.length <= 3 && value.every((one) => one.length <= 40)],
      ] as const) {
        let value: unknown;
        try {
          value = read(fields, { value: given }).value;
        } catch {
          continue;
        }
        if (value !== undefined) expect(isWithin(value)).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});

test.each(["{bad", "[1]"])("an object that is none, %s, is answered with the field's own example", (given) => {
  const settings = { value: object({ description, example: '{"language": "en"}' }) };
  expect(refusal(settings, { value: given }).hint).toBe('Write it as an object, such as {"language": "en"}.');
});
