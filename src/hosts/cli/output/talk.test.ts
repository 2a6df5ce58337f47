import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import type { TalkFlags } from "../shared-options.ts";
import { createTalk } from "./talk.ts";

function open(settings: TalkFlags & { isTTY?: boolean; env?: Record<string, string> } = {}) {
  const { isTTY = true, env = {}, ...flags } = settings;
  const stderr = Object.assign(new PassThrough(), { isTTY, columns: 40 });
  const talk = createTalk({ stderr, env }, flags);
  return { talk, said: () => String(stderr.read() ?? "") };
}

const erase = "\r\u001b[K";

test("progress is one line that is written over and taken away before anything else", async () => {
  const { talk, said } = open({ color: false });
  talk.progress("100 messages listed");
  talk.progress("200 messages listed");
  await talk.say("200 messages.");
  talk.clear();
  expect(said()).toBe(`100 messages listed${erase}200 messages listed${erase}200 messages.\n`);
});

test("progress never wraps, and never brings escape sequences along", () => {
  const { talk, said } = open({ color: false });
  talk.progress(`\u001b[2J${"x".repeat(100)}`);
  expect(said()).toBe(`\\u{1b}[2J${"x".repeat(29)}\u2026`);
});

test.each([
  ["on a pipe", { isTTY: false }],
  ["when quiet", { quiet: true }],
  ["on a terminal that cannot write over", { env: { TERM: "dumb" } }],
])("there is no progress %s", (_where, settings) => {
  const { talk, said } = open(settings);
  talk.progress("100 messages listed");
  expect(said()).toBe("");
});

test("quiet silences talk but no warning", async () => {
  const { talk, said } = open({ quiet: true, color: false });
  await talk.say("12 messages.");
  await talk.warn("This list is not complete.");
  expect(said()).toBe("This list is not complete.\n");
});

test.each<[string, Parameters<typeof open>[0], boolean]>([
  ["a terminal", {}, true],
  ["a pipe", { isTTY: false }, false],
  ["NO_COLOR", { env: { NO_COLOR: "1" } }, false],
  ["--no-color", { color: false }, false],
  ["a dumb terminal", { env: { TERM: "dumb" } }, false],
])("with %s, colours are right", async (_where, settings, isColoured) => {
  const { talk, said } = open(settings);
  await talk.warn("careful");
  expect(said()).toBe(isColoured ? "\u001b[33mcareful\u001b[39m\n" : "careful\n");
});
