import { describe, expect, test } from "vitest";
import {
  guid,
  isAction,
  isTrace,
  mail,
  respond,
  sender,
  time,
  traced,
} from "../../../../test/model/held-by-mistake.ts";
import { createMailSystem, type Fate, type Held, type MailSystem } from "../../../../test/model/mail-system.ts";
import type { Ask, Json } from "../../../core/steps.ts";

describe("others held for the same reason", () => {
  const others = (count: number, from: string, more: Partial<Held> = {}): Held[] =>
    Array.from({ length: count }, (_, index) => ({
      ...mail,
      guid: `o${index}`,
      localguid: `o${index}`,
      from,
      ...more,
    }));
  const lastSearch = (system: MailSystem) =>
    system.asked
      .map(({ query = [] }) => Object.fromEntries(query))
      .filter(({ folder }) => folder)
      .at(-1);

  test.each([
    ["a company's domain", sender, "@shop.example"],
    ["a mail provider", "ann@gmail.com", "ann@gmail.com"],
    ["the site's own domain", "ann@mail.example.com", "ann@mail.example.com"],
    ["no domain at all", "root", "root"],
    ["a star, which PPS takes for a pattern", "a*b", "*"],
  ])("are those of the whole domain for a sender of %s, or of the address", (_what, from, pattern) => {
    const system = createMailSystem({ held: [{ ...mail, from }], traced: [traced({ Sender: from })] });
    respond(system, {}, { ownDomains: ["example.com"] });
    expect(lastSearch(system)).toMatchObject({ folder: "Bulk", from: pattern });
  });

  const from = "ann@gmail.com";
  const trace = traced({ Sender: from });
  const traceOf = (id: string, record: Record<string, Json> = {}) => ({
    time,
    record: { ...trace.record, GUID: id, ...record },
  });

  test("are left where another rule holds them, and released once where asked for", () => {
    const [first, second] = others(2, from);
    const rule = traceOf("o1", { Final_Rule: "spam.definite" });
    const system = createMailSystem({
      held: [{ ...mail, from }, first as Held, second as Held],
      traced: [trace, traceOf("o0"), rule],
    });
    expect(respond(system, { others: true }).outcomes.map(({ guid: id, outcome }) => [id, outcome])).toEqual([
      [guid, "done"],
      ["o0", "done"],
    ]);
    expect(system.effects).toHaveLength(2);
  });

  test("with a virus or a DLP violation of their own are not released with the rest", () => {
    const violation = { record: { dlpviolation: { cards: 1 } } };
    const [bad, secret, good] = others(3, from) as [Held, Held, Held];
    const virus = traceOf("o0", { Virus_Names: "EICAR" });
    const system = createMailSystem({
      held: [{ ...mail, from }, bad, { ...secret, ...violation }, good],
      traced: [trace, virus, traceOf("o1"), traceOf("o2")],
    });
    const { outcomes } = respond(system, { others: true });
    expect(outcomes.map(({ guid: id, outcome }) => [id, outcome])).toEqual(
      expect.arrayContaining([
        [guid, "done"],
        ["o0", "refused"],
        ["o1", "refused"],
        ["o2", "done"],
      ]),
    );
    expect(system.effects).toHaveLength(2);
  });

  const status = (statusdesc: string) => ({ record: { messagestatus: [{ statusdesc }] } });

  test.each<[string, Partial<Held>, Record<string, Json>, string, RegExp]>([
    ["a release noted", status("Released"), {}, "unchanged", /^PPS notes that it was released already \(Released\)/],
    ["a virus' folder before", {}, { Quarantine_Folder: "Virus" }, "refused", /^Folder Virus is one for malware/],
    ["a virus' folder by its trace", {}, { current_folder: "Malware" }, "refused", /^Folder Malware is one for/],
    ["a rule of the virus module", {}, { module_rules: ["av.virus"] }, "refused", /^It is held for malware/],
    ["a DLP rule", {}, { module_rules: ["dlp.cards"] }, "refused", /^DLP rules hold it .*only where that is allowed/],
    ["a DLP folder before", {}, { Quarantine_Folder: "PCI" }, "refused", /^DLP rules hold it \(folder PCI\)/],
    ["another folder before", {}, { Quarantine_Folder: "Audit" }, "refused", /^It was put into Audit and moved to/],
  ])("with %s are stopped by the same check as the message itself", (_what, held, record, outcome, message) => {
    const [bad, good] = others(2, from) as [Held, Held];
    const system = createMailSystem({
      held: [{ ...mail, from }, { ...bad, ...held }, good],
      traced: [trace, traceOf("o0", record), traceOf("o1")],
    });
    const told = respond(system, { others: true }).outcomes;
    expect(told.filter(({ guid: id }) => id === "o0")).toMatchObject([
      { outcome, message: expect.stringMatching(message) },
    ]);
    expect(system.effects).toHaveLength(2);
    const alone = createMailSystem({ held: [{ ...bad, ...held }], traced: [traceOf("o0", record)] });
    expect(respond(alone, { guid: "o0" }).outcomes).toMatchObject([{ outcome }]);
    expect(alone.effects).toEqual([]);
  });

  test("that DLP rules hold go where that is allowed", () => {
    const system = createMailSystem({
      held: [{ ...mail, from }, ...others(1, from)],
      traced: [trace, traceOf("o0", { module_rules: ["dlp.cards"] })],
    });
    expect(respond(system, { others: true, dlp: true }).counts).toEqual({ done: 2 });
  });

  test.each([
    [status("Released"), "unchanged"],
    [status("New"), "refused"],
  ])("of which a copy with %j lies among deleted mail are not released", (noted, outcome) => {
    const [other] = others(1, from) as [Held];
    const copy = { ...other, folder: "Deleted", localguid: "9:9:9", ...noted };
    const system = createMailSystem({ held: [{ ...mail, from }, other, copy], traced: [trace, traceOf("o0")] });
    const { outcomes } = respond(system, { others: true });
    expect(outcomes.map(({ guid: id, outcome: end }) => [id, end])).toEqual([
      [guid, "done"],
      ["o0", outcome],
    ]);
    expect(system.effects).toHaveLength(1);
  });

  test("of which nothing is known among deleted mail, as it cannot be searched, are released with a note", () => {
    const fate = ({ query = [] }: Ask): Fate =>
      query.some(([name, value]) => name === "folder" && value === "Deleted") ? { status: 500 } : undefined;
    const system = createMailSystem({
      held: [{ ...mail, from }, ...others(1, from)],
      traced: [trace, traceOf("o0")],
      fate,
    });
    const { counts, notes } = respond(system, { others: true });
    expect(counts).toEqual({ accepted: 2 });
    expect(notes).toContain("Folder Deleted was not searched to its end for others that were released before.");
  });

  const many = () => ({
    held: [{ ...mail, from }, ...others(50, from)],
    traced: [trace, ...others(50, from).map(({ guid: id }) => traceOf(id))],
  });

  test("that PPS keeps waiting are waited for once, and each is told of", () => {
    const fate = (request: Ask): Fate => (isAction(request) ? { status: 202, text: "Request sent." } : undefined);
    const system = createMailSystem({ ...many(), fate });
    expect(respond(system, { others: true }).counts).toEqual({ accepted: 51 });
    expect(system.pauses).toEqual([1000, 3000, 1000, 3000]);
    expect(system.asked.filter(isAction)).toHaveLength(51);
  });

  test("are told of before many more are sent, so that a run that breaks off leaves little untold", () => {
    const system = createMailSystem(many());
    let most = 0;
    system.fate = (request) => {
      if (isAction(request)) most = Math.max(most, system.effects.length - system.items.length);
      return undefined;
    };
    expect(respond(system, { others: true }).counts).toEqual({ done: 51 });
    expect(most).toBeLessThanOrEqual(20);
  });

  test("are not sent any more once the account is denied, which is told of each", () => {
    let sent = 0;
    const fate = (request: Ask): Fate => (isAction(request) && ++sent > 1 ? { status: 403 } : undefined);
    const system = createMailSystem({ ...many(), fate });
    expect(respond(system, { others: true }).counts).toEqual({ done: 1, failed: 50 });
    expect(sent).toBe(2);
  });

  test("are told of up to a hundred, and that there are more", () => {
    const system = createMailSystem({ held: [{ ...mail, from }, ...others(150, from)], traced: [trace] });
    const { counts, notes, truncated } = respond(system);
    expect({ counts, truncated }).toEqual({ counts: { done: 1, left: 100 }, truncated: true });
    expect(notes).toContainEqual(expect.stringMatching(/^More than 100 others are held/));
  });

  test("that could not be looked for are not taken for none", () => {
    const fails = ({ query = [] }: Ask): Fate =>
      Object.fromEntries(query).from === "@shop.example" ? { status: 500 } : undefined;
    const system = createMailSystem({ held: [{ ...mail }], traced: [traced()], fate: fails });
    const { truncated, notes, counts } = respond(system);
    expect({ counts, truncated }).toEqual({ counts: { done: 1 }, truncated: true });
    expect(notes).toContainEqual(expect.stringMatching(/^Others held for the same reason could not be looked for\./));
  });

  test("are asked for one by one where the trace was cut, and left where that fails too", () => {
    const held = others(60, from);
    const isOne = ({ query = [] }: Ask, id: string) => query.some(([name, value]) => name === "guid" && value === id);
    const fate = (request: Ask): Fate => (isTrace(request) && isOne(request, "o59") ? { status: 500 } : undefined);
    const system = createMailSystem({
      held: [{ ...mail, from }, ...held],
      // PPS gives a hundred of one second, and these are another's.
      traced: [
        ...Array.from({ length: 100 }, (_, index) => traceOf(`x${index}`)),
        trace,
        ...held.map((_, index) => traceOf(`o${index}`, index === 7 ? { Virus_Names: "EICAR" } : {})),
      ],
      traceCeiling: 100,
      fate,
    });
    const { outcomes, notes, truncated } = respond(system, { others: true });
    const ends = Object.fromEntries(outcomes.map(({ guid: id, outcome }) => [id, outcome]));
    expect(ends).toMatchObject({ [guid]: "done", o0: "done", o7: "refused", o58: "done", o59: "left" });
    expect({ released: system.effects.length, truncated }).toEqual({ released: 59, truncated: true });
    expect(notes).toContainEqual(expect.stringMatching(/^More records may lie in the second /));
    expect(notes).toContainEqual(expect.stringMatching(/^Which rules hold the others is not known\./));
    const single = system.asked.filter(
      (request) => isTrace(request) && request.query?.some(([name]) => name === "guid"),
    );
    expect(single).toHaveLength(61);
  });

  test("are found by folder alone where the trace of them cannot be read, which is said", () => {
    const fate = (request: Ask): Fate =>
      isTrace(request) && !(request.query ?? []).some(([name]) => name === "guid") ? { status: 500 } : undefined;
    const system = createMailSystem({ held: [{ ...mail, from }, ...others(1, from)], traced: [trace], fate });
    const { counts, notes } = respond(system);
    expect(counts).toEqual({ done: 1, left: 1 });
    expect(notes).toContainEqual(expect.stringMatching(/^Which rules hold the others is not known\./));
  });
});
