import { expect, test } from "vitest";
import { bareContext } from "../../test/model/execute.ts";
import { createMailSystem, type Fate } from "../../test/model/mail-system.ts";
import { run } from "../core/run.ts";
import { systemPing } from "./system.ts";

const now = Date.UTC(2026, 2, 4, 12);

function pingWith(fate: Fate) {
  const system = createMailSystem({ fate: () => fate });
  const result = run(systemPing.run({}, { now, ...bareContext }), system);
  return { asked: system.asked, result };
}

test("the connection test is one harmless search with a sender and both dates (pps-api.md 1)", () => {
  expect(pingWith(undefined).asked).toEqual([
    {
      kind: "ask",
      method: "GET",
      path: "/quarantine",
      query: [
        ["from", "*"],
        ["startdate", "2026-03-04 11:59:00"],
        ["enddate", "2026-03-04 12:00:00"],
      ],
      effect: "read",
      expect: "text",
    },
  ]);
});

test("the server's clock and cap are told when it tells them", () => {
  const headers = { date: "Wed, 04 Mar 2026 12:00:03 GMT" };
  expect(pingWith({ headers, text: '{"count":0,"meta":{"limit":500},"records":[]}' }).result).toEqual({
    connected: true,
    serverTime: "2026-03-04T12:00:03Z",
    recordsPerSearch: 500,
  });
  expect(pingWith({ headers: { date: "soon" }, text: "[]" }).result).toEqual({
    connected: true,
    serverTime: null,
    recordsPerSearch: null,
  });
});

test.each<[Fate, string]>([
  [{ status: 401, text: "<html>" }, "denied"],
  [{ status: 403 }, "denied"],
  [{ status: 404 }, "not_found"],
  [{ status: 503 }, "busy"],
  [{ text: "" }, "unexpected"],
  [{ text: "<html><title>Sign in</title>" }, "unexpected"],
  ["not-sent", "unreachable"],
])("a test answered by %j fails as %s", (fate, code) => {
  expect(() => pingWith(fate)).toThrow(expect.objectContaining({ code }) as Error);
});
