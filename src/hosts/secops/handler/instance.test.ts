import { describe, expect, test } from "vitest";
import { isPpsError } from "../../../core/errors.ts";
import { readInstance } from "./instance.ts";
import { createRetryMemory } from "./retry-memory.ts";
import type { HandlerSite } from "./site.ts";

const site: HandlerSite = {
  apiRoots: ["https://pps.example.com:10000", "https://127.0.0.1:8000"],
  neverBlock: ["example.com"],
  memory: createRetryMemory(),
};

const config = { "Api Root": "https://pps.example.com:10000", Username: "api", Password: " secret " };

const read = (changes: Record<string, string | boolean | null> = {}, at = site) =>
  readInstance({ ...config, ...changes }, at);

function refusalOf(changes: Record<string, string | boolean | null>, at = site): string {
  try {
    read(changes, at);
  } catch (error) {
    if (isPpsError(error)) return error.message;
    throw error;
  }
  return "";
}

test("a configuration is read with what nobody said filled in", () => {
  expect(read()).toMatchObject({
    apiRoot: "https://pps.example.com:10000",
    folders: ["Quarantine"],
    missingForLists: ["Client ID", "Client Secret", "Cluster ID"],
    options: { username: "api", password: " secret ", insecure: false, ownDomains: ["example.com"] },
  });
  expect(read({ "Quarantine Folders": "Spam, Phish ,Spam", "Verify SSL": "False" })).toMatchObject({
    folders: ["Spam", "Phish"],
    options: { insecure: true },
  });
});

describe("an address is called only where it is on the list, by scheme, host and port", () => {
  test.each(["https://PPS.example.com:10000/", " https://pps.example.com ", "https://127.0.0.1:8000"])(
    "%s is",
    (root) => {
      expect(refusalOf({ "Api Root": root })).toBe("");
    },
  );
  test.each([
    ["https://pps.example.com:10001", /does not allow/],
    ["https://pps.example.com:443", /does not allow/],
    ["https://pps.example.com.evil.example:10000", /does not allow/],
    ["https://pps.example.com:10000@evil.example", /user name or password/],
    ["https://pps.example.com:10000/rest/v1", /goes on after the host and port/],
    ["https://pps.example.com:10000/?x=1", /goes on/],
    ["https://pps.example.com:10000/#x", /goes on/],
    ["http://pps.example.com:10000", /http/],
    ["http://127.0.0.1:8000", /does not allow/],
    ["file:///etc/passwd", /Api Root/],
    ["pps.example.com", /Api Root/],
    ["https://169.254.169.254", /does not allow/],
    ["", /Api Root is missing/],
  ])("%s is not", (root, message) => {
    expect(refusalOf({ "Api Root": root })).toMatch(message);
  });

  test("an empty list allows nothing, and none at all anything", () => {
    expect(refusalOf({}, { ...site, apiRoots: [] })).toMatch(/does not allow/);
    expect(refusalOf({}, { ...site, apiRoots: undefined })).toBe("");
  });

  test("the cloud API's own address is on every list, and no other", () => {
    const cloud = "Threat Protection Api Root";
    expect(refusalOf({ [cloud]: "https://threatprotection-api.proofpoint.com" })).toBe("");
    expect(refusalOf({ [cloud]: "" })).toBe("");
    expect(refusalOf({ [cloud]: "https://evil.example" })).toMatch(/Threat Protection Api Root names/);
  });
});

test("what is missing or not allowed is named", () => {
  expect(refusalOf({ Username: "" })).toMatch(/Username is missing/);
  expect(refusalOf({ Username: "a:b" })).toMatch(/colon/);
  expect(refusalOf({ Password: null })).toMatch(/Password is missing/);
  expect(refusalOf({ "Verify SSL": "maybe" })).toMatch(/Verify SSL takes true or false/);
  expect(refusalOf({ "Verify SSL": false }, { ...site, forbidsUnverified: true })).toMatch(/Verify SSL/);
});
