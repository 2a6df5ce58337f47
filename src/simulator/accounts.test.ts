import { expect, test } from "vitest";
import { createAccounts, defaultAccount } from "./accounts.ts";

const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
const accounts = createAccounts([defaultAccount("s:e:cret ü"), { username: "reader", password: "", modules: ["pss"] }]);

test("name and password open the account, colons and other alphabets included", () => {
  expect(accounts.authenticate(basic("api-admin:s:e:cret ü"))?.username).toBe("api-admin");
  expect(accounts.authenticate(basic("reader:"))?.modules).toEqual(["pss"]);
});

test.each([
  undefined,
  "",
  "Bearer abc",
  basic("api-admin"),
  basic("api-admin:wrong"),
  basic("nobody:s:e:cret ü"),
  "Basic !!!",
])("the header %j opens nothing", (header) => {
  expect(accounts.authenticate(header)).toBeUndefined();
});

test("a name with a colon and a name given twice are refused", () => {
  expect(() => createAccounts([{ ...defaultAccount("x"), username: "a:b" }])).toThrow("colon");
  expect(() => createAccounts([defaultAccount("x"), defaultAccount("y")])).toThrow("twice");
});
