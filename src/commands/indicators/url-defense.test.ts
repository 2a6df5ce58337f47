import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unwrapUrl } from "./url-defense.ts";

const runs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** As a gateway rewrites links, by the rules its decoder undoes. */
const wrappers = {
  v1: (link: string) =>
    `https://urldefense.proofpoint.com/v1/url?u=${encodeURIComponent(inPage(link))}&k=aB%2Bc%3D%3D%0A&r=x%0A&m=y&s=z`,
  v2: (link: string) =>
    `https://urldefense.proofpoint.com/v2/url?u=${encodeURIComponent(inPage(link))
      .replace(/[-_!~*'()]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
      .replace(/%2F/g, "_")
      .replace(/%/g, "-")}&d=DwMFaQ&c=a-b_c&r=d&m=e&s=f&e=`,
  v3: (link: string) => {
    const taken: string[] = [];
    // Runs of any length: the longest token stands for 65 characters.
    const filled = link.replace(/(?:[^A-Za-z0-9.:/?=&#_-]|_(?=_;))+/gu, (run) => {
      const characters = [...run];
      taken.push(...characters);
      let tokens = "";
      while (characters.length > 0) {
        const part = characters.splice(0, 65);
        tokens += part.length === 1 ? "*" : `**${runs.charAt(part.length - 2)}`;
      }
      return tokens;
    });
    const replaced = Buffer.from(taken.join("")).toString("base64url");
    return `https://urldefense.com/v3/__${filled}__;${replaced}!!AbC-d_E!sig-nature_1$`;
  },
};

function inPage(link: string): string {
  return link.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
}

/** What a link may hold, and much it may not; a control character or a blank in it never stays one. */
const link = fc
  .tuple(
    fc.constantFrom("http", "https", "ftp"),
    fc.stringMatching(/^[a-z0-9]$/),
    fc.string({
      unit: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(..."abzAZ09-_.~*!$&'();:@/?=+,#%|") },
        { weight: 1, arbitrary: fc.constantFrom("&amp;", "%2F", "%E2%82", "__;", "**", "ü", "語", "\u{1f600}") },
        { weight: 1, arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }) },
      ),
      maxLength: 200,
    }),
  )
  .map(([scheme, first, rest]) => `${scheme}://${first}${rest}`)
  .filter((text) => encoded(text) === text && !/^https?:\/\/urldefense/i.test(text));

function encoded(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is encoded
  return text.replace(/[\u0000-\u0020\u007f-\u009f]/g, encodeURIComponent);
}

describe.each(["v1", "v2", "v3"] as const)("%s", (version) => {
  test("unwrapping undoes wrapping, whatever the link holds", () => {
    fc.assert(
      fc.property(link, (original) => {
        expect(unwrapUrl(wrappers[version](original))).toBe(original);
      }),
      { numRuns: 500 },
    );
  });

  test("an address over and over rewritten in other versions is unwrapped, five layers deep", () => {
    fc.assert(
      fc.property(link, fc.array(fc.constantFrom("v1", "v2", "v3"), { maxLength: 4 }), (original, others) => {
        const wrapped = others.reduce((inner, other) => wrappers[other as "v1"](inner), wrappers[version](original));
        expect(unwrapUrl(wrapped)).toBe(original);
      }),
    );
  });

  test("what is cut anywhere never fails, and is a link still", () => {
    fc.assert(
      fc.property(link, fc.nat({ max: 400 }), (original, length) => {
        expect(unwrapUrl(wrappers[version](original).slice(0, length))).toSatisfy(
          (text: string) => length < 5 || /^[a-z]/.test(text),
        );
      }),
    );
  });
});

test.each([
  ["https://urldefense.proofpoint.com/v1/url?u=http://www.shop.example/&k=oIvR%3D%0A&r=a", "http://www.shop.example/"],
  ["https://urldefense.proofpoint.com/v1/url?u=http://shop.example/&amp;k=oIvR", "http://shop.example/"],
  [
    "https://urldefense.proofpoint.com/v1/url?u=http%3A%2F%2Fshop.example%2F%3Fa%3D1%26amp%3Bb%3D2&k=x",
    "http://shop.example/?a=1&b=2",
  ],
  [
    "https://urldefense.proofpoint.com/v2/url?u=https-3A__media.shop.example_a_2016_jupiter-2Dbands.jpg.638x0-5Fq80.jpg&d=DwMBaQ&c=V&r=B&m=Y&s=X&e=",
    "https://media.shop.example/a/2016/jupiter-bands.jpg.638x0_q80.jpg",
  ],
  ["https://urldefense.proofpoint.com/v2/url?d=DwMBaQ&c=V&u=https-3A__shop.example_&e=", "https://shop.example/"],
  [
    "https://urldefense.com/v3/__https://shop.example:443/search?q=a*test&gs=ps__;Kw!!k!s$",
    "https://shop.example:443/search?q=a+test&gs=ps",
  ],
  ["https://urldefense.com/v3/__https://shop.example/**A__;w7zDtg!!k!s$", "https://shop.example/üö"],
  ["https://urldefense.com/v3/__https:/shop.example/a__;!!k!s$", "https://shop.example/a"],
  ["https://urldefense.us/v3/__https://shop.example/a__;!!k!s$", "https://shop.example/a"],
  ["http://urldefense.com/v3/__http://shop.example/a__;!!k!s$", "http://shop.example/a"],
  ["HTTPS://URLDEFENSE.COM/v3/__https://Shop.example/A__;!!k!s$", "https://Shop.example/A"],
  ["https://urldefense.com/v3/__mailto:ann@shop.example__;!!k!s$", "mailto:ann@shop.example"],
])("%s leads to %s", (wrapped, original) => {
  expect(unwrapUrl(wrapped)).toBe(original);
});

test.each([
  ["nothing rewritten", "https://shop.example/?u=https-3A__evil.example&d="],
  ["a host that only looks like it", "https://urldefense.com.evil.example/v3/__https://shop.example/__;!!k!s$"],
  ["a name before it", "https://evil.example/https://urldefense.com/v3/__https://shop.example/__;!!k!s$"],
  ["no version", "https://urldefense.com/v4/__https://shop.example/__;!!k!s$"],
  ["nothing behind it", "https://urldefense.com/v3/"],
  ["no link in it", "https://urldefense.proofpoint.com/v2/url?u=&d=x"],
  ["no end", "https://urldefense.com/v3/__https://shop.example/a"],
  ["fewer characters than it stands for", "https://urldefense.com/v3/__https://shop.example/*a*__;Kw!!k!s$"],
  ["a shorter run than it says", "https://urldefense.com/v3/__https://shop.example/**D__;Kw!!k!s$"],
  ["a run of no length", "https://urldefense.com/v3/__https://shop.example/**.__;Kw!!k!s$"],
  ["characters that are no base64", "https://urldefense.com/v3/__https://shop.example/*__;K.w!!k!s$"],
  ["characters that are no UTF-8", "https://urldefense.com/v3/__https://shop.example/*__;_w!!k!s$"],
  ["no address", "https://urldefense.com/v3/__nothing at all__;!!k!s$"],
])("with %s it stays as it is", (_what, url) => {
  expect(unwrapUrl(url)).toBe(url);
});

test("a line break that was rewritten never becomes one", () => {
  expect(unwrapUrl("https://urldefense.proofpoint.com/v1/url?u=https%3A%2F%2Fshop.example%2F%0D%0A%00x&k=")).toBe(
    "https://shop.example/%0D%0A%00x",
  );
});

test("six layers are more than anybody is owed, and ten megabytes take little time", () => {
  const six = Array(6)
    .fill(0)
    .reduce((inner) => wrappers.v3(inner), "https://shop.example/");
  expect(unwrapUrl(six)).toBe(wrappers.v3("https://shop.example/"));
  const begin = process.cpuUsage();
  for (const piece of ["&u=", "__", "*", "**A", "%", "%41", "&amp;", "-"]) {
    for (const start of ["proofpoint.com/v1/url?", "proofpoint.com/v2/url?u=http", "com/v3/__http:"]) {
      unwrapUrl(`https://urldefense.${start}${piece.repeat(1_000_000 / piece.length)}__;`);
    }
  }
  expect(process.cpuUsage(begin).user / 1e6).toBeLessThan(10);
});
