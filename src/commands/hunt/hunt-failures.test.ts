import { expect, test } from "vitest";
import { callsOf, failureOf, isTrace, run, systemOf } from "../../../test/model/hunted-mail.ts";
import type { Ask } from "../../core/steps.ts";

const refused = (request: Ask) => (isTrace(request) ? { status: 403, text: "no" } : undefined);

test("without the right to the trace, quarantine is searched and it is told what cannot be known", () => {
  const system = systemOf([{ guid: "a", folder: "Phish", ip: "198.51.100.9" }, { guid: "b" }], { fate: refused });
  const result = run(system, { sender: ["ann@evil.example"], indicators: ["198.51.100.9"], attachment: ["a.exe"] });
  expect(result.messages).toMatchObject([
    { guid: "a", state: "held", indicators: ["198.51.100.9", "ann@evil.example"], finalRule: "" },
  ]);
  expect(result).toMatchObject({
    truncated: true,
    failed: true,
    indicators: [
      { indicator: "198.51.100.9", state: "searched", reason: "searched in quarantine only", messages: 1 },
      { indicator: "ann@evil.example", state: "searched", reason: "searched in quarantine only", messages: 1 },
      { indicator: "a.exe", state: "failed", reason: "only the trace knows of it, which could not be read" },
    ],
    notes: [
      expect.stringContaining("envelope senders alone"),
      expect.stringMatching(/^Only quarantine was searched, so that what was delivered is not known; .*module pss/),
    ],
  });
  expect(callsOf(system)).toEqual({ trace: 1, held: 3 });
});

test("senders alone are hunted without the trace, which is no failure", () => {
  const system = systemOf([{ guid: "a", folder: "Phish" }], { fate: refused });
  expect(run(system, { sender: ["ann@evil.example"] })).toMatchObject({ truncated: true, failed: false });
});

test("a trace nobody may read is an error where nothing else can be searched", () => {
  const system = systemOf([], { fate: refused });
  expect(failureOf(() => run(system, { virus: ["Eicar"] }))).toMatchObject({ code: "denied", status: 403 });
});

test("a wrong password is an error at once", () => {
  const system = systemOf([], { fate: () => ({ status: 401 }) });
  expect(failureOf(() => run(system, { sender: ["ann@evil.example"] }))).toMatchObject({ code: "denied", status: 401 });
  expect(system.asked).toHaveLength(1);
});

test("an indicator whose search failed says so, and the others are hunted", () => {
  const isFor = (request: Ask, name: string, value: string) =>
    request.query?.some(([one, other]) => one === name && other === value);
  const system = systemOf([{ guid: "a" }, { guid: "b", from: "bob@other.example" }], {
    fate: (request) => (isFor(request, "env_from", "bob@other.example") ? { status: 500, text: "down" } : undefined),
  });
  const result = run(system, { sender: ["ann@evil.example", "cem@third.example", "bob@other.example"] });
  expect(result.indicators.map(({ state }) => state)).toEqual(["searched", "searched", "failed"]);
  expect(result.indicators[2]?.reason).toMatch(
    /^The search of the trace for the sender bob@other\.example failed: .*500/,
  );
  expect(result).toMatchObject({ truncated: true, failed: true });
  expect(result.notes.slice(1)).toEqual([result.indicators[2]?.reason]);
});

test("what may be held in a folder that could not be searched is not called stopped", () => {
  const system = systemOf([{ guid: "a", folder: "Phish", trace: { current_folder: "" } }], {
    fate: (request) =>
      request.query?.some(([, value]) => value === "Phish") ? { status: 500, text: "down" } : undefined,
  });
  const result = run(system, { sender: ["ann@evil.example"] });
  expect(result.messages).toMatchObject([{ guid: "a", state: "unclear" }]);
  expect(result).toMatchObject({
    truncated: true,
    failed: true,
    indicators: [{ state: "failed", reason: expect.stringContaining("did not come to its end in Phish") }],
  });
});

test("that a message is held still cannot be seen is told, and it is not called stopped", () => {
  const system = systemOf([{ guid: "a", folder: "Phish", trace: { current_folder: "" } }], {
    fate: (request) => (isTrace(request) ? undefined : { status: 500, text: "down" }),
  });
  const result = run(system, { indicators: ["192.0.2.7"] });
  expect(result.messages).toMatchObject([{ guid: "a", state: "unclear" }]);
  expect(result).toMatchObject({ truncated: true, failed: true, indicators: [{ state: "searched", messages: 1 }] });
  expect(result.notes).toEqual([
    expect.stringMatching(/^Whether messages are still held in folder Phish could not be seen: .*500/),
  ]);
});

test("without the right to quarantine nothing is hunted", () => {
  const system = systemOf([{ guid: "a" }], { fate: (request) => (isTrace(request) ? undefined : { status: 403 }) });
  const failure = failureOf(() => run(system, { sender: ["ann@evil.example"] }));
  expect(failure).toMatchObject({ code: "denied", status: 403, message: expect.stringContaining("quarantine") });
});

test("every request counts, also of a search that breaks off on its way", () => {
  const mails = Array.from({ length: 150 }, (_, index) => ({ guid: `g${index}`, ago: 60 + index }));
  let searches = 0;
  const system = systemOf(mails, {
    traceCeiling: 100,
    fate: (request) => (isTrace(request) && ++searches === 3 ? { status: 500, text: "down" } : undefined),
  });
  const result = run(system, { sender: ["ann@evil.example"], folder: "Phish" });
  expect(callsOf(system)).toEqual({ trace: 3, held: 1 });
  expect(result).toMatchObject({ failed: true, requests: 4 });
});

test("when every search fails, the hunt does", () => {
  const system = systemOf([{ guid: "a" }], { fate: () => ({ status: 500, text: "down" }) });
  expect(failureOf(() => run(system, { sender: ["ann@evil.example"] }))).toMatchObject({
    code: "unexpected",
    status: 500,
  });
});

test("folders the site does not have are told once and asked for once, and one that was named is missed", () => {
  const existing = { folders: ["Quarantine"] };
  const system = systemOf([], existing);
  expect(run(system, { sender: ["a@evil.example", "b@other.example"] })).toMatchObject({
    ...{ truncated: false, failed: false },
    notes: [
      expect.stringContaining("envelope senders alone"),
      "PPS refused folders that the site may not have; they were left out: Phish, Audit.",
    ],
  });
  expect(callsOf(system)).toEqual({ trace: 2, held: 4 });
  const named = run(systemOf([], existing), { sender: ["a@evil.example"], folder: ["Quarantine", "Phish"] });
  expect(named).toMatchObject({ truncated: true, failed: true, indicators: [{ state: "failed" }] });
});
