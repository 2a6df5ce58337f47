import fc from "fast-check";
import { expect, test } from "vitest";
import { withoutKeys } from "./shown-address.ts";

test.each([
  ["https://feeds.example.com/list.csv", "https://feeds.example.com/list.csv", "https://feeds.example.com/list.csv"],
  ["https://feeds.example.com/list?key=k1", "https://feeds.example.com/list", "https://feeds.example.com/list?***"],
  ["https://feeds.example.com/list#k1?k2", "https://feeds.example.com/list", "https://feeds.example.com/list?***"],
  ["https://feeds.example.com/list?a\nk1", "https://feeds.example.com/list", "https://feeds.example.com/list?***"],
  ["https://soc:k1@feeds.example.com/list", "https://feeds.example.com/list", "https://***@feeds.example.com/list"],
  ["https://k@1@feeds.example.com:8443", "https://feeds.example.com:8443", "https://***@feeds.example.com:8443"],
  ["https:\\\\soc:k1@feeds.example.com", "https:\\\\feeds.example.com", "https:\\\\***@feeds.example.com"],
  ["https:soc:k1@feeds.example.com", "https:feeds.example.com", "https:***@feeds.example.com"],
  ["//soc:k1@feeds.example.com/list", "//feeds.example.com/list", "//***@feeds.example.com/list"],
  [
    "https://feeds.example.com/by/a@b.test",
    "https://feeds.example.com/by/a@b.test",
    "https://feeds.example.com/by/a@b.test",
  ],
  ["/list?k1", "/list", "/list?***"],
  ["", "", ""],
])("of %j is shown %j, or %j with a mark", (text, shown, marked) => {
  expect(withoutKeys(text)).toBe(shown);
  expect(withoutKeys(text, "***")).toBe(marked);
});

test("whatever is a web address shows its host and path, and nothing that may hold a key", () => {
  fc.assert(
    fc.property(
      fc.webUrl({ withQueryParameters: true, withFragments: true, authoritySettings: { withUserInfo: true } }),
      (text) => {
        const { protocol, host, pathname } = new URL(text);
        const shown = new URL(withoutKeys(text));
        expect(shown.href).toBe(`${protocol}//${host}${pathname}`);
      },
    ),
  );
});
