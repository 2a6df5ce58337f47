import { describe, expect, test } from "vitest";
import { isPpsError, type PpsError } from "../../src/core/errors.ts";
import type { Fault } from "../../src/simulator/index.ts";
import { habits, type Lab, openLab } from "./lab.ts";

// pps-api.md 6, 10 row 13 and 11 row /enduser: whatever the client reports of a user must be true of the gateway's store and
// journal, and a change never costs a user an entry.

const ann = "ann@example.com";
const bob = "bob@example.com";

const userIn = ({ simulator }: Lab, name = ann) => simulator.store.users.find(name);
const effectsOn = ({ simulator }: Lab, name = ann) =>
  simulator
    .journal()
    .filter(({ user }) => user === name)
    .map(({ effect }) => effect);

async function failureOf(work: Promise<unknown>): Promise<PpsError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (isPpsError(error)) return error;
  throw error ?? new Error("it did not fail");
}

const faults: [string, Omit<Fault, "route">][] = [
  ["an answer lost after the effect", { kind: "lose-answer", count: 1 }],
  ["a connection dropped before the effect", { kind: "reset", count: 1 }],
  ["a body cut short", { kind: "cut-body", count: 1 }],
  ["half an answer", { kind: "truncated-json", count: 1 }],
  ["a login page", { kind: "html", count: 1 }],
  ["a proxy's 502", { kind: "status", status: 502, count: 1 }],
  ["a server fault", { kind: "status", status: 500, count: 1 }],
  ["a busy moment", { kind: "status", status: 503, count: 1 }],
  ["every answer lost", { kind: "lose-answer" }],
  ["every connection dropped", { kind: "reset" }],
  ["a refusal", { kind: "status", status: 400, count: 1 }],
];

describe.each(habits)("with the habits of %s", (_habit, options) => {
  test("a user is created, read by every name, changed and deleted", async () => {
    const lab = await openLab(options);
    const { users } = lab.pps;
    const created = await users.create({ email: ann, firstName: "Ann", groups: ["staff"], aliases: ["a@example.com"] });
    expect(created).toMatchObject({ email: ann, firstName: "Ann", groups: ["staff"], type: "user", notes: [] });
    expect(created.created).toBe("2026-03-04T12:00:00Z");
    for (const name of [{ email: ann }, { email: "a@example.com" }, { uid: String(created.uid) }]) {
      expect(await users.get(name)).toMatchObject({ email: ann, aliases: ["a@example.com"] });
    }
    const changed = await users.modify({
      email: ann,
      lastName: "Smith",
      addGroups: ["mail"],
      attributes: { digest: "daily" },
    });
    expect(changed).toMatchObject({ firstName: "Ann", lastName: "Smith", groups: ["staff", "mail"], notes: [] });
    expect(changed.attributes).toEqual({ digest: "daily" });
    expect(await users.delete({ email: "a@example.com" })).toMatchObject({ deleted: true });
    expect(effectsOn(lab)).toEqual(["user-created", "user-changed", "user-deleted"]);
    expect(lab.reported).toEqual([]);
  });

  test("every refusal is one sentence of its own category", async () => {
    const lab = await openLab(options);
    const { users } = lab.pps;
    await users.create({ email: ann });
    expect(await failureOf(users.create({ email: ann }))).toMatchObject({
      code: "refused",
      message: "User already exists",
    });
    for (const work of [
      users.get({ email: bob }),
      users.modify({ email: bob, firstName: "Bob" }),
      users.delete({ email: bob }),
    ]) {
      expect(await failureOf(work)).toMatchObject({
        code: "not_found",
        message: expect.stringContaining("User not found"),
      });
    }
    const refused = await failureOf(users.modify({ email: ann, fields: { uid: "other", type: 7 } }));
    expect(refused).toMatchObject({ code: "refused", status: 400 });
    for (const email of ["a/b@example.com", "a?b@example.com", "a#b@example.com", "ä+b@example.com"]) {
      await users.create({ email });
      expect(await users.get({ email })).toMatchObject({ email });
    }
    expect(lab.reported).toEqual([]);
  });

  test("entries join and leave a user's lists, and the others stay", async () => {
    const lab = await openLab(options);
    const { blocklist } = lab.pps.users;
    await lab.pps.users.create({ email: ann });
    const first = await blocklist.add({ entries: ["one@evil.test"], user: [ann] });
    expect(first.counts).toEqual({ done: 1 });
    const second = await blocklist.add({ entries: ["two@evil.test", "ONE@evil.test", "bad.test"], user: [ann] });
    expect(second.counts).toEqual({ done: 2, unchanged: 1 });
    expect(userIn(lab)?.blocklist).toEqual(["one@evil.test", "two@evil.test", "@bad.test"]);
    const removed = await blocklist.remove({ entries: ["two@evil.test", "none@evil.test"], user: [ann] });
    expect(removed.counts).toEqual({ done: 1, unchanged: 1 });
    const { entries } = await blocklist.list({ user: [ann] });
    expect(entries.map(({ entry }) => entry)).toEqual(["one@evil.test", "@bad.test"]);
    expect(lab.reported).toEqual([]);
  });

  test("a list that would become full is refused before it is half changed", async () => {
    const lab = await openLab({ ...options, userListLimit: 3 });
    const { safelist } = lab.pps.users;
    await lab.pps.users.create({ email: ann });
    for (const entry of ["one@shop.test", "two@shop.test"]) await safelist.add({ entries: [entry], user: [ann] });
    const { counts } = await safelist.add({ entries: ["three@shop.test", "four@shop.test"], user: [ann] });
    expect(counts).toEqual({ refused: 2 });
    expect(userIn(lab)?.safelist).toEqual(["one@shop.test", "two@shop.test"]);
  });

  test("what is reported of a list is true, whatever is lost, and no earlier entry is", async () => {
    const lab = await openLab(options);
    for (const [what, fault] of faults) {
      for (const action of ["add", "remove"] as const) {
        lab.simulator.store.users.clear();
        await lab.pps.users.create({ email: ann });
        await lab.pps.users.blocklist.add({ entries: ["old@evil.test"], user: [ann] });
        const entries = ["one@evil.test", "two@evil.test"];
        if (action === "remove") await lab.pps.users.blocklist.add({ entries, user: [ann] });
        lab.simulator.faults.add({ ...fault, route: "PUT /enduser/*" });
        const { outcomes } = await lab.pps.users.blocklist[action]({ entries, user: [ann] });
        lab.simulator.faults.clear();
        const list = userIn(lab)?.blocklist ?? [];
        expect([what, action, list]).toEqual([what, action, expect.arrayContaining(["old@evil.test"])]);
        expect(new Set(list).size).toBe(list.length);
        for (const { outcome, value = "" } of outcomes) {
          const isAsWanted = list.includes(value) === (action === "add");
          if (outcome !== "unknown") expect([what, value, outcome === "done"]).toEqual([what, value, isAsWanted]);
        }
        if (fault.count === 1 && fault.status !== 400) {
          expect([what, outcomes.map(({ outcome }) => outcome)]).toEqual([what, ["done", "done"]]);
        }
      }
    }
  });

  test("a user is created, changed and deleted as is told, and once, whatever is lost", async () => {
    const lab = await openLab(options);
    for (const [index, [what, fault]] of faults.entries()) {
      const email = `user${index}@example.com`;
      const deeds = [
        ["POST", "user-created", () => lab.pps.users.create({ email, firstName: "Ann" })],
        ["PUT", "user-changed", () => lab.pps.users.modify({ email, lastName: "Smith" })],
        ["DELETE", "user-deleted", () => lab.pps.users.delete({ email })],
      ] as const;
      for (const [method, effect, act] of deeds) {
        lab.simulator.faults.add({ ...fault, route: `${method} /enduser/*` });
        const error = await act().then(
          () => undefined,
          (reason: unknown) => reason as PpsError,
        );
        lab.simulator.faults.clear();
        const happened = effectsOn(lab, email).filter((one) => one === effect).length;
        if (error === undefined) expect([what, method, happened]).toEqual([what, method, 1]);
        else if (error.mayHaveHappened) expect(error.hint).toContain("is not known");
        else expect([what, error.code, happened]).toEqual([what, "refused", 0]);
        if (fault.count === 1 && fault.status !== 400) expect([what, error]).toEqual([what, undefined]);
        if (happened === 0) await act();
      }
      expect(effectsOn(lab, email)).toEqual(["user-created", "user-changed", "user-deleted"]);
    }
  });
});

test("a PPS that ignores the field for taking out is found out, and nothing is said to be done", async () => {
  for (const removal of ["ignored", "refused"]) {
    const lab = await openLab({ quirks: { "user-removal": removal } });
    await lab.pps.users.create({ email: ann, blocklist: ["one@evil.test"] });
    const { outcomes } = await lab.pps.users.blocklist.remove({ entries: ["one@evil.test"], user: [ann] });
    expect(outcomes).toMatchObject([{ outcome: "refused", hint: expect.stringContaining("removeField") }]);
    expect(userIn(lab)?.blocklist).toEqual(["one@evil.test"]);
  }
});

test("a PPS that replaces lists by single entries keeps the one that was there", async () => {
  const lab = await openLab({ quirks: { "user-lists": "replace", "user-list-form": "text" } });
  await lab.pps.users.create({ email: ann, blocklist: ["one@evil.test"] });
  const { outcomes } = await lab.pps.users.blocklist.add({ entries: ["two@evil.test"], user: [ann] });
  expect(outcomes).toMatchObject([{ outcome: "refused", message: expect.stringContaining("put back") }]);
  expect(userIn(lab)?.blocklist).toEqual(["one@evil.test"]);
});

test("a gateway without the end-user API denies it, and the module is named", async () => {
  const lab = await openLab({ quirks: { enduser: "off" } });
  expect(await failureOf(lab.pps.users.get({ email: ann }))).toMatchObject({
    code: "denied",
    hint: expect.stringContaining("module enduser"),
  });
  const { outcomes } = await lab.pps.users.blocklist.add({ entries: ["one@evil.test"], user: [ann, bob] });
  expect(outcomes.map(({ code }) => code)).toEqual(["denied", "denied"]);
});

test("several users' lists are changed side by side, each with outcomes of its own", async () => {
  const lab = await openLab();
  const everybody = Array.from({ length: 30 }, (_, index) => `user${index}@example.com`);
  for (const email of everybody) await lab.pps.users.create({ email });
  const { counts } = await lab.pps.users.safelist.add({ entries: ["shop.test"], user: [...everybody, bob] });
  expect(counts).toEqual({ done: 30, not_found: 1 });
  const { entries } = await lab.pps.users.safelist.list({ user: everybody });
  expect(entries).toHaveLength(30);
});

test("a dry run changes nothing", async () => {
  const lab = await openLab();
  const dry = { dryRun: true };
  await lab.pps.users.create({ email: ann });
  expect(await lab.pps.users.create({ email: bob }, dry)).toMatchObject({ request: { method: "POST" } });
  expect(await lab.pps.users.modify({ email: ann, firstName: "Ann" }, dry)).toMatchObject({
    request: { method: "PUT" },
  });
  expect(await lab.pps.users.delete({ email: ann }, dry)).toMatchObject({
    deleted: false,
    request: { method: "DELETE" },
  });
  expect((await lab.pps.users.blocklist.add({ entries: ["one@evil.test"], user: [ann] }, dry)).counts).toEqual({
    planned: 1,
  });
  expect(effectsOn(lab)).toEqual(["user-created"]);
});
