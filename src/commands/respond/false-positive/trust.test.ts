import { describe, expect, test } from "vitest";
import { cloud, elsewhere, mail, respond, sender, traced } from "../../../../test/model/held-by-mistake.ts";
import { createMailSystem, type Fate, type Held } from "../../../../test/model/mail-system.ts";
import type { Ask } from "../../../core/steps.ts";

describe("trusting the sender", () => {
  const rcpts = { rcpts: ["ann@example.com", "x@elsewhere.example", "bob@mail.example.com"] };

  test("for users means the recipients who are the site's own", () => {
    const system = createMailSystem({ held: [{ ...mail, record: rcpts }], traced: [traced()], fate: elsewhere() });
    const { outcomes } = respond(system, { safelist: "user" }, { ownDomains: ["example.com"] });
    expect(outcomes.slice(1)).toMatchObject(
      ["ann@example.com", "bob@mail.example.com"].map((user) => ({ action: "trust", user, entry: sender, sender })),
    );
    const put = system.asked.filter(({ method }) => method === "PUT");
    expect(put.map(({ path, body }) => [path, body])).toContainEqual([
      "/enduser/ann@example.com",
      { safelist: sender },
    ]);
  });

  test.each<[string, Held, string]>([
    [
      "a message to nobody of the site",
      { ...mail, record: { rcpts: ["x@elsewhere.example"] } },
      "None of its recipients is a user of the site.",
    ],
    ["a bounce", { ...mail, from: "", record: rcpts }, "A message without a sender has none to be trusted."],
  ])("of %s is left", (_what, message, reason) => {
    const system = createMailSystem({ held: [message], fate: elsewhere() });
    const { outcomes } = respond(system, { safelist: "user", folder: "Bulk" }, { ownDomains: ["example.com"] });
    expect(outcomes).toMatchObject([{ outcome: "done" }, { action: "trust", outcome: "left", message: reason }]);
  });

  test("is refused where the guard rails say so, after the release", () => {
    const own = { ...mail, from: "boss@example.com" };
    const system = createMailSystem({ held: [own], traced: [traced({ Sender: own.from })], fate: elsewhere() });
    const { outcomes } = respond(system, { safelist: "organisation" }, { ...cloud, ownDomains: ["example.com"] });
    expect(outcomes).toMatchObject([
      { action: "release", outcome: "done" },
      { action: "trust", outcome: "refused", code: "refused", entry: "boss@example.com" },
    ]);
    expect(system.asked.filter(({ service, method }) => service !== undefined && method === "POST")).toEqual([]);
  });

  test("is refused before anything is done where the cloud API is not set up", () => {
    const system = createMailSystem({ held: [{ ...mail }], traced: [traced()] });
    const given = { threatProtection: { missing: ["a key"] } };
    expect(() => respond(system, { safelist: "organisation" }, given)).toThrow(
      expect.objectContaining({ code: "bad_input", message: expect.stringContaining("a key") }) as Error,
    );
    expect(system.asked).toEqual([]);
  });
});

describe("the organisation's blocklist", () => {
  const entry = (attribute: string, operator: string, value: string) => ({ attribute, operator, value, comment: "" });

  test.each([
    [entry("$from", "equal", "Billing@SHOP.example"), "warn"],
    [entry("$from", "contain", "@shop.example"), "warn"],
    [entry("$ip", "equal", "192.0.2.7"), "warn"],
    [entry("$from", "not_equal", sender), "ok"],
    [entry("$rcpt", "equal", sender), "ok"],
    [entry("$from", "contain", ""), "ok"],
    [entry("constructor", "equal", sender), "ok"],
  ])("with %j is judged %s", (listed, state) => {
    const record = { Sender_IP_Address: "192.0.2.7" };
    const system = createMailSystem({ held: [{ ...mail }], traced: [traced(record)], fate: elsewhere([listed]) });
    expect(respond(system, {}, cloud).checks).toContainEqual(expect.objectContaining({ name: "blocklist", state }));
  });

  test("that cannot be read is warned of and stops nothing", () => {
    const fate = ({ service }: Ask): Fate => (service === undefined ? undefined : { status: 403, text: "no" });
    const system = createMailSystem({ held: [{ ...mail }], traced: [traced()], fate });
    const { checks, outcomes } = respond(system, {}, cloud);
    expect(checks).toContainEqual(expect.objectContaining({ name: "blocklist", state: "warn" }));
    expect(outcomes).toMatchObject([{ outcome: "done" }]);
  });
});
