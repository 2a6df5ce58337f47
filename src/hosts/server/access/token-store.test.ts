import { chmodSync, chownSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { beforeEach, expect, test, vi } from "vitest";
import { temporaryDirectory } from "../../../../test/temporary-directory.ts";
import type { TokenOrder } from "./token-order.ts";
import { createTokenStore } from "./token-store.ts";

const compared = vi.hoisted(() => ({ count: 0 }));

// The real one, counted: the time of a check must not tell which token was nearly right.
vi.mock(import("node:crypto"), async (original) => {
  const crypto = await original();
  return {
    ...crypto,
    timingSafeEqual(one, other) {
      compared.count += 1;
      return crypto.timingSafeEqual(one, other);
    },
  };
});

let path: string;
beforeEach(() => {
  path = join(temporaryDirectory(), "tokens.json");
});

const soar: TokenOrder = { name: "soar", scopes: ["read", "change"], profiles: ["lab"] };

test("a token lets its holder in, with the rights it was made with", () => {
  const store = createTokenStore(path);
  const { token, id } = store.create(soar);
  // pps_ and 32 bytes in base64url.
  expect(token).toMatch(/^pps_[\w-]{43}$/);
  expect(store.authenticate(`Bearer ${token}`)).toEqual({ ...soar, tokenId: id });
  expect(store.authenticate(`bearer  ${token}`)).toEqual({ ...soar, tokenId: id });
});

test("tokens are never the same, and never kept or shown again", () => {
  const store = createTokenStore(path);
  const made = Array.from({ length: 20 }, (_, index) => store.create({ ...soar, name: `soar-${index}` }).token);
  expect(new Set(made).size).toBe(20);
  for (const token of made) store.authenticate(`Bearer ${token}`);
  store.close();
  const kept = readdirSync(dirname(path)).map((name) => readFileSync(join(dirname(path), name), "latin1"));
  const shown = JSON.stringify([store.list(), store.revoke("soar-0")]);
  for (const token of made) {
    expect(kept.join()).not.toContain(token.slice(4, 20));
    expect(shown).not.toContain(token.slice(4, 20));
  }
  for (const { sha256 } of JSON.parse(readFileSync(path, "utf8")).tokens) expect(shown).not.toContain(sha256);
});

test("what is no valid token lets nobody in, whatever it is", () => {
  const store = createTokenStore(path);
  const { token } = store.create(soar);
  const revoked = store.create({ ...soar, name: "old" }).token;
  store.revoke("old");
  const refused = [
    undefined,
    "",
    "Bearer",
    "Bearer ",
    token,
    `Basic ${token}`,
    `Bearer ${revoked}`,
    `Bearer ${token}x`,
  ];
  refused.push(
    `Bearer ${token.slice(0, -1)}`,
    `Bearer ${token} x`,
    `Bearer ${token},${token}`,
    `Bearer ${token.toLowerCase()}`,
  );
  expect(refused.map((header) => store.authenticate(header))).toEqual(refused.map(() => undefined));
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string({ unit: "binary" }).map((text) => `Bearer ${text}`),
      ),
      (header) => {
        expect(store.authenticate(header)).toBeUndefined();
      },
    ),
  );
});

test("every stored token is compared in constant time at each check, whichever matches", () => {
  const store = createTokenStore(path);
  const made = Array.from({ length: 5 }, (_, index) => store.create({ ...soar, name: `soar-${index}` }).token);
  store.revoke("soar-3");
  for (const header of [...made.map((token) => `Bearer ${token}`), "Bearer nothing", undefined]) {
    compared.count = 0;
    store.authenticate(header);
    expect(compared.count).toBe(5);
  }
});

test("what another process changes holds for the next call", () => {
  const server = createTokenStore(path);
  const other = createTokenStore(path);
  expect(server.authenticate("Bearer nothing")).toBeUndefined();
  const first = other.create(soar).token;
  expect(server.authenticate(`Bearer ${first}`)?.name).toBe("soar");
  const second = other.rotate("soar").token;
  expect(server.authenticate(`Bearer ${second}`)?.name).toBe("soar");
  other.revoke("soar");
  expect([first, second].map((token) => server.authenticate(`Bearer ${token}`))).toEqual([undefined, undefined]);
});

test("a name may have two valid tokens of the same rights, for changing over", () => {
  const store = createTokenStore(path);
  const first = store.create(soar);
  expect(() => store.create(soar)).toThrow("There is a valid token of the name soar already.");
  const second = store.rotate("soar");
  expect(second).toMatchObject(soar);
  expect(() => store.rotate("soar")).toThrow("The name soar has 2 valid tokens already.");
  expect(store.authenticate(`Bearer ${first.token}`)).toEqual({ ...soar, tokenId: first.id });
  expect(store.revoke("soar", first.id)).toMatchObject([{ id: first.id, state: "revoked" }]);
  expect(store.authenticate(`Bearer ${first.token}`)).toBeUndefined();
  expect(store.authenticate(`Bearer ${second.token}`)).toEqual({ ...soar, tokenId: second.id });
});

test("a name whose tokens are all revoked may be given again, which brings none of them back", () => {
  const store = createTokenStore(path);
  const { token } = store.create(soar);
  store.revoke("soar");
  store.create({ ...soar, scopes: ["read"] });
  expect(store.authenticate(`Bearer ${token}`)).toBeUndefined();
  expect(store.list().map(({ name, state }) => `${name} ${state}`)).toEqual(["soar revoked", "soar valid"]);
});

test("revoking what is not there, or rotating it, is refused", () => {
  const store = createTokenStore(path);
  expect(() => store.revoke("soar")).toThrow(expect.objectContaining({ code: "not_found" }));
  const { id } = store.create(soar);
  expect(() => store.revoke("soar", "00000000")).toThrow(
    "There is no valid token of the name soar with the id 00000000.",
  );
  expect(() => store.revoke("other", id)).toThrow(expect.objectContaining({ code: "not_found" }));
  expect(() => store.rotate("other")).toThrow(expect.objectContaining({ code: "not_found" }));
});

test.each([
  ["a name with a blank", { name: "so ar" }],
  ["a name that begins with a hyphen", { name: "-soar" }],
  ["a name that is too long", { name: "a".repeat(65) }],
  ["the name of callers without a token", { name: "anonymous" }],
  ["no scope", { scopes: [] }],
  ["no profile", { profiles: [] }],
  ["an empty profile", { profiles: [" "] }],
])("%s is refused", (_what, wrong) => {
  expect(() => createTokenStore(path).create({ ...soar, ...wrong })).toThrow(
    expect.objectContaining({ code: "bad_input" }),
  );
  expect(existsSync(path)).toBe(false);
});

test.skipIf(process.platform === "win32")(
  "its files are its owner's alone, and a file others can write is refused",
  () => {
    const store = createTokenStore(path);
    const { token } = store.create(soar);
    store.authenticate(`Bearer ${token}`);
    const modes = readdirSync(dirname(path)).map((name) =>
      (statSync(join(dirname(path), name)).mode & 0o777).toString(8),
    );
    expect(modes).toEqual(["600", "600", "600"]);
    chmodSync(path, 0o602);
    expect(() => store.list()).toThrow(`${path} can be changed by other users of this machine.`);
    expect(() => store.authenticate(`Bearer ${token}`)).toThrow("can be changed by other users");
  },
);

test.skipIf(process.getuid?.() !== 0)("what root makes belongs to whom the directory belongs to", () => {
  chownSync(dirname(path), 12_345, 12_346);
  createTokenStore(path).create(soar);
  const owners = readdirSync(dirname(path)).map((name) => statSync(join(dirname(path), name)));
  expect(owners.map(({ uid, gid }) => [uid, gid])).toEqual([
    [12_345, 12_346],
    [12_345, 12_346],
  ]);
});

const entry = {
  id: "00000000",
  name: "soar",
  scopes: ["read"],
  profiles: ["*"],
  sha256: "0".repeat(64),
  created: "2026-11-21T08:00:00Z",
};

test.each([
  ["it is not JSON", '{"version": 1, "tokens": ['],
  ["it has no list of tokens of version 1", "[]"],
  ["it has no list of tokens of version 1", "null"],
  ["it has no list of tokens of version 1", '{"version":2,"tokens":[]}'],
  ["token 1 in it is damaged", JSON.stringify({ version: 1, tokens: [{ ...entry, scopes: ["all"] }] })],
  ["token 1 in it is damaged", JSON.stringify({ version: 1, tokens: [{ ...entry, sha256: "0123" }] })],
  ["token 1 in it is damaged", JSON.stringify({ version: 1, tokens: [{ ...entry, revoked: true }] })],
  ["token 2 in it is damaged", JSON.stringify({ version: 1, tokens: [entry, null] })],
])("a token file of which %s lets nobody in and is left as it is", (what, text) => {
  writeFileSync(path, text, { mode: 0o600 });
  const store = createTokenStore(path);
  const sentence = `The token file ${path} cannot be used: ${what}.`;
  for (const header of ["Bearer any", undefined]) {
    expect(() => store.authenticate(header)).toThrow(`Nobody is let in: ${sentence}`);
    expect(() => store.authenticate(header)).toThrow(expect.objectContaining({ name: "TokensUnusable" }));
  }
  expect(() => store.list()).toThrow(sentence);
  expect(() => store.create(soar)).toThrow(sentence);
  expect(readFileSync(path, "utf8")).toBe(text);
});

test("a token file that was damaged and brought back is taken again", () => {
  const store = createTokenStore(path);
  const { token } = store.create(soar);
  const good = readFileSync(path, "utf8");
  writeFileSync(path, "nonsense");
  expect(() => store.authenticate(`Bearer ${token}`)).toThrow("it is not JSON");
  writeFileSync(path, good);
  expect(store.authenticate(`Bearer ${token}`)?.name).toBe("soar");
});

test("the time of last use is known, and written once a minute only", () => {
  let now = Date.UTC(2026, 10, 21, 8, 0, 0);
  const store = createTokenStore(path, { now: () => now });
  const { token } = store.create(soar);
  const lastUsed = () => createTokenStore(path).list()[0]?.lastUsed;
  expect(lastUsed()).toBe(null);
  store.authenticate(`Bearer ${token}`);
  expect(lastUsed()).toBe("2026-11-21T08:00:00Z");
  now += 59_000;
  store.authenticate(`Bearer ${token}`);
  expect(lastUsed()).toBe("2026-11-21T08:00:00Z");
  now += 1_000;
  store.authenticate(`Bearer ${token}`);
  expect(lastUsed()).toBe("2026-11-21T08:01:00Z");
  now += 1_000;
  store.authenticate(`Bearer ${token}`);
  store.close();
  expect(lastUsed()).toBe("2026-11-21T08:01:01Z");
});

test("times of last use that are damaged are not shown as never, and keep nobody out", () => {
  const store = createTokenStore(path);
  const { token } = store.create(soar);
  const used = path.replace(".json", ".used.json");
  writeFileSync(used, "nonsense");
  expect(() => store.list()).toThrow(`The file ${used} with the times of last use is damaged.`);
  expect(store.authenticate(`Bearer ${token}`)?.name).toBe("soar");
});
