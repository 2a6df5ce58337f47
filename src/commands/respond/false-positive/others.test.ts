import { describe, expect, test } from "vitest";
import { guid, isTrace, mail, respond, sender, time, traced } from "../../../../test/model/held-by-mistake.ts";
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

  test("are found by folder alone where the trace of them cannot be read, which is said", () => {
    const fate = (request: Ask): Fate =>
      isTrace(request) && !(request.query ?? []).some(([name]) => name === "guid") ? { status: 500 } : undefined;
    const system = createMailSystem({ held: [{ ...mail, from }, ...others(1, from)], traced: [trace], fate });
    const { counts, notes } = respond(system);
    expect(counts).toEqual({ done: 1, left: 1 });
    expect(notes).toContainEqual(expect.stringMatching(/^Which rules hold the others is not known\./));
  });
});
