import { expect, test } from "vitest";
import { toPythonJson } from "./python-json.ts";
import { toPythonNumber } from "./python-number.ts";
import { toPythonText } from "./python-text.ts";

const value = {
  a: [1, true, null, "it's", 'say "x"', `it's "x"`, "l\nb\\", "é😀\u200b\u00a0\u00ad\u007f", { k: [1.5, 1e-7, 1e21] }],
  b: {},
};

// Golden values: what Python 3.11 prints of the same value.
test("lists and objects are written as Python's str writes them", () => {
  expect(toPythonText(value)).toBe(
    String.raw`{'a': [1, True, None, "it's", 'say "x"', 'it\'s "x"', 'l\nb\\', 'é😀\u200b\xa0\xad\x7f', {'k': [1.5, 1e-07, 1e+21]}], 'b': {}}`,
  );
});

test("JSON is written as Python's json.dumps writes it", () => {
  expect(toPythonJson(value, "ascii")).toBe(
    String.raw`{"a": [1, true, null, "it's", "say \"x\"", "it's \"x\"", "l\nb\\", "\u00e9\ud83d\ude00\u200b\u00a0\u00ad\u007f", {"k": [1.5, 1e-07, 1e+21]}], "b": {}}`,
  );
  expect(toPythonJson({ é: "ü\u0001😀" }, "unicode")).toBe(String.raw`{"é": "ü\u0001😀"}`);
});

test.each([
  [0.00001, "1e-05"],
  [0.0001, "0.0001"],
  [0.0000015, "1.5e-06"],
  [-0.00001, "-1e-05"],
  [0.00012345, "0.00012345"],
  [1e21, "1e+21"],
  [1.5e300, "1.5e+300"],
  [0, "0"],
  [-7, "-7"],
])("the number %d is written as Python's repr writes it", (number, text) => {
  expect(toPythonNumber(number)).toBe(text);
});
