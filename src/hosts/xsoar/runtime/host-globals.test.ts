import { afterEach, expect, test } from "vitest";
import { readHost } from "./host-globals.ts";

const globals = globalThis as Record<string, unknown>;
const names = [
  "command",
  "args",
  "params",
  "wait",
  "logDebug",
  "getIntegrationContext",
  "setIntegrationContext",
  "http",
];

function offer(given: Record<string, unknown>): void {
  Object.assign(globals, { command: "test-module", http: () => ({}), ...given });
}

afterEach(() => {
  for (const name of names) delete globals[name];
});

test("a server that keeps no state, has no clock to wait by and no log is enough", () => {
  offer({});
  const host = readHost();
  expect(host).toMatchObject({ command: "test-module", args: {}, params: {} });
  host.wait(1);
  host.logDebug("a word");
  host.writeState({ a: 1 });
  expect(host.readState()).toEqual({});
});

test("state that the server refuses to hand out or to keep ends nothing, and is told in its log", () => {
  const refuse = () => {
    throw new Error("locked");
  };
  const logged: string[] = [];
  const logDebug = (text: string) => logged.push(text);
  offer({ getIntegrationContext: refuse, setIntegrationContext: refuse, logDebug });
  const host = readHost();
  expect(host.readState()).toEqual({});
  host.writeState({ token: "t" });
  expect(logged).toEqual(["The integration context could not be read.", "The integration context could not be kept."]);
});

test("arguments and parameters that are null count as none", () => {
  offer({ args: null, params: null, getIntegrationContext: () => null });
  expect(readHost()).toMatchObject({ args: {}, params: {} });
  expect(readHost().readState()).toEqual({});
});
