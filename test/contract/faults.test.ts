import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { isPpsError, type PpsError } from "../../src/client/index.ts";
import type { Fault } from "../../src/simulator/index.ts";
import { startSimulator } from "../../src/simulator/index.ts";
import { effectsOn } from "../simulator/effects.ts";
import { hold, holdOne, openLab } from "./lab.ts";

async function failureOf(work: Promise<unknown>): Promise<PpsError> {
  try {
    await work;
  } catch (error) {
    if (isPpsError(error)) return error;
    throw error;
  }
  throw new Error("it succeeded");
}

const search = { sender: "*" };
const reader = { username: "reader", password: "reader-secret", modules: ["pss"] as const };

test.each(["text", "html", "json", "empty"])(
  "a wrong password is denied, whatever stands in the 401: %s (pps-api.md 10 row 6)",
  async (body) => {
    const { pps } = await openLab({ quirks: { "denied-body": body } }, { password: "not-the-password" });
    for (const work of [
      () => pps.system.ping(),
      () => pps.quarantine.list(search),
      () => pps.trace.search(),
      () => pps.quarantine.folders(),
    ]) {
      const error = await failureOf(work());
      expect(error).toMatchObject({ code: "denied", status: 401, hint: expect.stringContaining("role of type API") });
      expect(error.message).not.toMatch(/[<>{}]/);
    }
  },
);

test("after a wrong password nothing more is sent (pps-api.md 1)", async () => {
  const lab = await openLab({}, { password: "not-the-password" });
  const ids = Array.from({ length: 50 }, (_, index) => `7:7:${index}`);
  const { counts, outcomes } = await lab.pps.quarantine.delete({ localGuids: ids, folder: "Quarantine" });
  expect(counts).toEqual({ failed: 50 });
  expect(outcomes.filter(({ message }) => message.startsWith("Not sent"))).toHaveLength(49);
});

test.each(["text", "html", "json", "empty"])(
  "a role without the module is denied with the module's name: %s (pps-api.md 1 modules)",
  async (body) => {
    const { connect } = await openLab({ accounts: [reader], quirks: { "denied-body": body } });
    const pps = connect({ username: "reader", password: "reader-secret" });
    expect(await failureOf(pps.quarantine.list(search))).toMatchObject({
      code: "denied",
      status: 403,
      hint: expect.stringContaining("module Quarantine"),
    });
    expect((await pps.trace.search()).records).toEqual([]);
  },
);

test("without the right to the trace a message is still shown, and folders are listed (pps-api.md 1 modules)", async () => {
  const account = { username: "keeper", password: "keeper-secret", modules: ["Quarantine"] as const };
  const lab = await openLab({ accounts: [account] });
  const message = await holdOne(lab);
  const pps = lab.connect({ username: "keeper", password: "keeper-secret" });
  const shown = await pps.message.show({ guid: message.guid, folder: ["Quarantine"] });
  expect(shown).toMatchObject({ quarantine: [{ guid: message.guid }], trace: [] });
  expect(shown.notes[0]).toContain("module pss");
  expect((await pps.quarantine.folders()).notes[0]).toContain("403");
});

test("a certificate of an unknown authority is not trusted, and the hint says what to set (pps-api.md 1 TLS)", async () => {
  const { connect } = await openLab();
  const other = await startSimulator();
  try {
    const error = await failureOf(connect({ ca: other.ca }).system.ping());
    expect(error).toMatchObject({ code: "unreachable", hint: expect.stringContaining("PPS_CA") });
  } finally {
    await other.stop();
  }
});

test.each(["expired", "wrong-name"] as const)(
  "a certificate that is %s is not trusted (pps-api.md 11 TLS)",
  async (tls) => {
    const { pps } = await openLab({ tls });
    expect(await failureOf(pps.system.ping())).toMatchObject({ code: "unreachable" });
  },
);

test("a dead port is unreachable, and a change to it surely not done", async () => {
  const { connect } = await openLab();
  const free = createServer();
  const port = await new Promise<number>((resolve) => {
    free.listen(0, "127.0.0.1", () => resolve((free.address() as { port: number }).port));
  });
  await new Promise((resolve) => free.close(resolve));
  const pps = connect({ url: `https://127.0.0.1:${port}`, retries: 0 });
  expect(await failureOf(pps.system.ping())).toMatchObject({ code: "unreachable" });
  const { outcomes } = await pps.quarantine.release({ localGuids: ["7:7:1"], folder: "Quarantine" });
  expect(outcomes).toMatchObject([{ outcome: "failed", code: "unreachable" }]);
});

test("a host name that cannot be is unreachable", async () => {
  // A label of 64 characters is refused by the resolver itself, without a question to the network.
  const { connect } = await openLab();
  const pps = connect({ url: `https://${"x".repeat(64)}.invalid:10000`, retries: 0 });
  expect(await failureOf(pps.system.ping())).toMatchObject({ code: "unreachable" });
});

test.each<[string, Omit<Fault, "route">, string]>([
  ["a login page with status 200", { kind: "html" }, "unexpected"],
  ["cut JSON", { kind: "truncated-json" }, "unexpected"],
  ["a cut body", { kind: "cut-body" }, "unreachable"],
  ["401 with HTML", { kind: "status", status: 401 }, "denied"],
  ["403", { kind: "status", status: 403 }, "denied"],
  ["429", { kind: "status", status: 429 }, "busy"],
  ["503", { kind: "status", status: 503 }, "busy"],
  ["500", { kind: "status", status: 500 }, "unexpected"],
  ["502 of a proxy", { kind: "status", status: 502 }, "unexpected"],
  ["504 of a proxy", { kind: "status", status: 504 }, "unexpected"],
  ["a connection dropped", { kind: "reset" }, "unreachable"],
])(
  "%s is an error for every read, never nothing found (pps-api.md 9 row 16, 11 faults)",
  async (_what, fault, code) => {
    const lab = await openLab();
    const message = await holdOne(lab);
    lab.simulator.faults.add(fault);
    const { pps } = lab;
    for (const work of [
      () => pps.system.ping(),
      () => pps.quarantine.list(search),
      () => pps.quarantine.list({ ...search, allFolders: true }),
      () => pps.trace.search(),
      // Half of a mail is a mail too: nothing in it says how long it should be.
      ...(fault.kind === "truncated-json" ? [] : [() => pps.quarantine.download({ guid: message.guid })]),
      ...(fault.kind === "truncated-json" ? [] : [() => pps.message.show({ guid: message.guid })]),
    ]) {
      const error = await failureOf(work());
      expect(error.code).toBe(code);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: none may come through
      expect(error.message).not.toMatch(/[<>\u0000-\u001f]/);
      expect(error.message).not.toContain(lab.simulator.password);
    }
  },
);

test("a page in place of a raw mail is an error and not saved (pps-api.md 3 body)", async () => {
  const lab = await openLab();
  const { guid } = await holdOne(lab);
  lab.simulator.faults.add({ kind: "html", route: "GET /quarantine" });
  expect(await failureOf(lab.pps.quarantine.download({ guid }))).toMatchObject({
    code: "unexpected",
    message: expect.stringContaining("web page"),
  });
});

test("reads are repeated after a passing fault, and wait as long as Retry-After asks (pps-api.md 10 row 7)", async () => {
  const lab = await openLab();
  hold(lab, [{ ago: 60 }]);
  for (const fault of [
    { kind: "status", status: 503, count: 2, retryAfter: "7" },
    { kind: "status", status: 429, count: 2 },
    { kind: "status", status: 502, count: 1 },
    { kind: "reset", count: 1 },
    { kind: "cut-body", count: 1 },
  ] as const) {
    lab.simulator.faults.add(fault);
    expect((await lab.pps.quarantine.list(search)).messages).toHaveLength(1);
  }
  expect(lab.waits.slice(0, 2).every((wait) => wait >= 7000)).toBe(true);
});

test("a release that 503 turned away is repeated, for PPS did not begin it, and delivered once (pps-api.md 1 load limits)", async () => {
  const lab = await openLab();
  const message = await holdOne(lab);
  lab.simulator.faults.add({ kind: "status", status: 503, retryAfter: "2", count: 2, route: "POST /quarantine" });
  const { outcomes } = await lab.pps.quarantine.release({ localGuids: [message.localGuid], folder: "Quarantine" });
  expect(outcomes).toMatchObject([{ outcome: "done" }]);
  expect(await effectsOn(lab, message.guid)).toEqual(["released"]);
});

test("a server that stays busy is told with its own Retry-After, and the rest is not sent", async () => {
  const lab = await openLab();
  hold(lab, [{ ago: 60 }, { ago: 61 }, { ago: 62 }]);
  const { messages } = await lab.pps.quarantine.list(search);
  lab.simulator.faults.add({ kind: "status", status: 503, retryAfter: "5", route: "POST /quarantine" });
  const { counts, outcomes } = await lab.pps.quarantine.delete({
    localGuids: messages.map(({ localGuid }) => localGuid),
    folder: "Quarantine",
  });
  expect(counts).toEqual({ failed: 3 });
  expect(outcomes[0]).toMatchObject({ code: "busy", hint: "Try again in 5 seconds." });
  for (const { guid } of messages) expect(await effectsOn(lab, guid)).toEqual([]);
});

describe("one folder of several", () => {
  test("that fails is named, and the others are listed (pps-api.md 9 row 23)", async () => {
    const lab = await openLab();
    hold(lab, [
      { ago: 60, folder: "Phish" },
      { ago: 61, folder: "Virus" },
    ]);
    lab.simulator.faults.add({ kind: "status", status: 500, count: 1, route: "GET /quarantine" });
    const pps = lab.connect({ retries: 0 });
    const listing = await pps.quarantine.list({ ...search, folder: ["Spam", "Phish", "Virus"] });
    expect(listing.messages).toHaveLength(2);
    expect(listing).toMatchObject({ failed: true, truncated: true });
    expect(listing.searched.filter(({ state }) => state === "failed")).toHaveLength(1);
  });

  test("that was named and does not exist makes the list incomplete, and the others are listed (pps-api.md 10 row 4)", async () => {
    const lab = await openLab();
    hold(lab, [{ ago: 60, folder: "Phish" }]);
    const listing = await lab.pps.quarantine.list({ ...search, folder: ["Elsewhere", "Phish"] });
    expect(listing).toMatchObject({ failed: true, truncated: true, messages: [{ folder: "Phish" }] });
    expect(listing.searched[0]).toMatchObject({
      folder: "Elsewhere",
      state: "absent",
      reason: expect.stringContaining("Elsewhere"),
    });
  });
});

test("a call that is aborted ends with the signal's reason", async () => {
  const lab = await openLab();
  hold(lab, [{ ago: 60 }]);
  lab.simulator.faults.add({ kind: "latency", milliseconds: 60_000 });
  const aborted = new AbortController();
  const work = lab.pps.quarantine.list(search, { signal: aborted.signal });
  aborted.abort(new Error("enough"));
  await expect(work).rejects.toThrow("enough");
});
