import { expect, test } from "vitest";
import { anEntry, withCloud } from "../../../test/simulator/cloud-client.ts";

const second = { clientId: "second", clientSecret: "s", modules: ["emailProtection"] as const };
const secondKey = { client_id: "second", client_secret: "s" };

test("the eleventh call of a key within a minute is turned away, whatever it asks, and tokens do not count", () =>
  withCloud({}, async (cloud, { clock, journal }) => {
    for (let call = 0; call < 5; call++) {
      expect((await cloud.read("orgSafeList", await cloud.token())).status).toBe(200);
      clock.advance(1000);
    }
    for (let call = 0; call < 5; call++) {
      const entry = { ...anEntry, action: "add", value: `${call}@evil.example` };
      expect((await cloud.change("orgBlockList", await cloud.token(), entry)).status).toBe(200);
    }
    const token = await cloud.token();
    const beyond = await cloud.change("orgBlockList", token, { ...anEntry, action: "add" });
    expect(beyond).toMatchObject({ status: 429, body: { errorMessage: expect.stringMatching(/\w/) } });
    expect(beyond.headers["retry-after"]).toBeUndefined();
    expect((await cloud.read("orgSafeList", token)).status).toBe(429);
    expect(journal()).toHaveLength(5);
  }));

test("calls are free again a minute after each was made, those turned away not counted", () =>
  withCloud({}, async (cloud, { clock }) => {
    const token = await cloud.token();
    const read = async () => (await cloud.read("orgSafeList", token)).status;
    for (let call = 0; call < 10; call++) {
      expect(await read()).toBe(200);
      clock.advance(100);
    }
    clock.advance(58_999);
    expect(await read()).toBe(429);
    clock.advance(1);
    expect([await read(), await read()]).toEqual([200, 429]);
    clock.advance(100);
    expect([await read(), await read()]).toEqual([200, 429]);
  }));

test("refused calls count, calls with a bad token do not, and every key has calls of its own", () =>
  withCloud({ keys: [second] }, async (cloud) => {
    const token = await cloud.token();
    for (let call = 0; call < 11; call++) expect((await cloud.read("orgSafeList", "bad")).status).toBe(401);
    for (let call = 0; call < 10; call++) expect((await cloud.change("orgSafeList", token, {})).status).toBe(400);
    expect((await cloud.read("orgSafeList", token)).status).toBe(429);
    expect((await cloud.read("orgSafeList", await cloud.token(secondKey))).status).toBe(200);
  }));

test("with cloud-call-limit none there is no end to calls", () =>
  withCloud({ quirks: { "cloud-call-limit": "none" } }, async (cloud) => {
    const token = await cloud.token();
    for (let call = 0; call < 25; call++) expect((await cloud.read("orgSafeList", token)).status).toBe(200);
  }));

test.each([
  ["none", undefined],
  ["seconds", "50"],
  ["date", "Tue, 03 Feb 2026 04:06:06 GMT"],
])("with cloud-retry-after %s a call beyond the limit is told %j", (quirk, told) =>
  withCloud({ quirks: { "cloud-retry-after": quirk } }, async (cloud, { clock }) => {
    const token = await cloud.token();
    for (let call = 0; call < 10; call++) await cloud.read("orgSafeList", token);
    clock.advance(10_001);
    const { status, headers } = await cloud.read("orgSafeList", token);
    expect([status, headers["retry-after"]]).toEqual([429, told]);
  }),
);

test("a clock that is set back locks nobody out, and a reset gives all calls back", () =>
  withCloud({}, async (cloud, { clock, reset }) => {
    const token = await cloud.token();
    for (let call = 0; call < 10; call++) await cloud.read("orgSafeList", token);
    expect((await cloud.read("orgSafeList", token)).status).toBe(429);
    clock.advance(-1);
    expect((await cloud.read("orgSafeList", token)).status).toBe(200);
    clock.advance(1);
    for (let call = 0; call < 10; call++) await cloud.read("orgSafeList", token);
    reset();
    expect((await cloud.read("orgSafeList", await cloud.token())).status).toBe(200);
  }));
