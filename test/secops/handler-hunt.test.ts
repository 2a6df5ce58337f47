import { describe, expect, test } from "vitest";
import { gateways, openHandlerLab, spam } from "./handler-lab.ts";

interface Answer {
  messages: { guid: string; sender: string; state: string; indicators: string[] }[];
  indicators: { indicator: string; kind: string; messages: number; state: string }[];
  recipients: { recipient: string; messages: number; delivered: number }[];
}

const answerOf = (reply: { json?: unknown }) => reply.json as Answer;
const action = "Hunt Threats";
const crook = "pay@crook.test";

describe.each(gateways)("on a PPS %s", (_name, options) => {
  test("held and delivered messages of a domain are found, whatever form it is written in", async () => {
    const lab = await openHandlerLab(options);
    await lab.send({ from: crook, to: ["ann@example.com"], subject: "Invoice 1", ...spam });
    await lab.send({ from: crook, to: ["bob@example.com"], subject: "Invoice 2" });
    await lab.send({ from: "news@shop.example", subject: "Offers" });
    lab.simulator.clock.advance(20 * 60_000);
    for (const Indicators of ["crook.test", "crook[.]test", "@crook.test\nnobody@evil.test", '["pay@crook.test"]']) {
      const reply = await lab.run(action, { Indicators });
      expect(reply).toMatchObject({ state: "completed", result: true });
      expect(reply.message).toMatch(/^Found 2 message\(s\): 1 held, 1 delivered, 0 stopped, 0 unclear/);
      const { messages, recipients, indicators } = answerOf(reply);
      expect(messages.map(({ sender, state }) => [sender, state]).sort()).toEqual([
        [crook, "delivered"],
        [crook, "held"],
      ]);
      expect(recipients).toEqual(
        expect.arrayContaining([
          { recipient: "ann@example.com", messages: 1, delivered: 0 },
          { recipient: "bob@example.com", messages: 1, delivered: 1 },
        ]),
      );
      expect(indicators[0]).toMatchObject({ messages: 2, state: "searched" });
      expect(reply.tables?.map(({ title }) => title)).toEqual(["Messages", "Indicators", "Recipients"]);
      expect(reply.files?.map(({ name }) => name)).toEqual(["pps-hunt-2026-03-04.html"]);
    }
  });

  test("a STIX bundle, a MISP event and CSV are read as texts, and subjects may hold commas", async () => {
    const lab = await openHandlerLab(options);
    const [guid] = lab.held({ from: crook, subject: "Pay now, or else" });
    const stix = {
      type: "bundle",
      id: "bundle--0b8f5a3c-6f0e-4a6d-9c1a-2f6f0f1f2f3f",
      objects: [
        {
          ...{ type: "indicator", spec_version: "2.1", id: "indicator--0b8f5a3c-6f0e-4a6d-9c1a-2f6f0f1f2f3f" },
          ...{ pattern_type: "stix", pattern: `[email-addr:value = '${crook}']` },
          ...{ valid_from: "2026-03-01T00:00:00Z", created: "2026-03-01T00:00:00Z" },
        },
      ],
    };
    const misp = { Event: { Attribute: [{ type: "email-src", value: crook, to_ids: true }] } };
    for (const given of [
      { "Indicator Text": JSON.stringify(stix) },
      { "Indicator Text": JSON.stringify(misp) },
      { "Indicator Text": `value,type\n${crook},email-src` },
      { Subjects: "Pay now, or else\nAnother" },
      { Senders: "pay@*, nobody@evil.test" },
    ] as Record<string, string>[]) {
      const reply = await lab.run(action, given);
      expect(reply, JSON.stringify(given)).toMatchObject({ state: "completed", result: true });
      expect(answerOf(reply).messages).toMatchObject([{ guid, state: "held" }]);
    }
  });

  test("nothing found is an empty list and a success; what cannot be searched for is a failure", async () => {
    const lab = await openHandlerLab(options);
    const none = await lab.run(action, { Indicators: "nobody@evil.test" });
    expect(none).toMatchObject({ state: "completed", result: true, json: { messages: [] } });
    expect(none.message).toMatch(/^No message matches the indicators/);
    expect(none.files).toBeUndefined();
    const hash = await lab.run(action, { Indicators: "d41d8cd98f00b204e9800998ecf8427e" });
    expect(hash).toMatchObject({ state: "failed", result: false });
    expect(hash.message).toMatch(/^Failed to hunt: .*search/);
  });

  test("an error is never an empty result", async () => {
    const lab = await openHandlerLab(options);
    lab.held({ from: crook });
    const wrong = await lab.run(action, { Indicators: crook }, { config: { Password: "wrong" } });
    expect(wrong).toMatchObject({ state: "failed", result: false });
    expect(wrong.json).toBeUndefined();
    expect(wrong.message).toMatch(/^Failed to hunt: .*401/);
    lab.simulator.faults.add({ kind: "status", status: 500, route: "GET /*" });
    const broken = await lab.run(action, { Indicators: crook });
    expect(broken).toMatchObject({ state: "failed", result: false });
    expect(broken.json).toBeUndefined();
  });

  test("a limit cuts the oldest, and says so", async () => {
    const lab = await openHandlerLab(options);
    const guids = lab.held(...[100, 200, 300].map((ago) => ({ ago, from: crook })));
    const reply = await lab.run(action, { Indicators: crook, "Max Results To Return": "2" });
    expect(reply).toMatchObject({ state: "completed", truncated: true });
    expect(answerOf(reply).messages.map(({ guid }) => guid)).toEqual(guids.slice(0, 2));
    expect(reply.message).toMatch(/Cut at the limit of 2/);
  });

  test("input that cannot be is refused with the parameter's name", async () => {
    const lab = await openHandlerLab(options);
    for (const [given, complaint] of [
      [{}, /Indicators is missing; it, Indicator Text, Senders, Recipients, Subjects, Hosts or Attachments/],
      [{ Indicators: "not an indicator at all" }, /^Failed to hunt: .*not an indicator at all/],
      [{ "Indicator Text": "{" }, /^Failed to hunt: /],
      [{ Indicators: crook, "Max Results To Return": "10001" }, /takes a whole number from 1 to 10000/],
      [{ Indicators: crook, "Start Time": "2026-03-04" }, /Start Time is given, but Time Frame is Last Week/],
      [
        { Indicators: Array.from({ length: 1001 }, (_, at) => `a${at}@evil.test`).join("\n") },
        /at most 1000 are taken/,
      ],
    ] as const) {
      const reply = await lab.run(action, given as Record<string, string>);
      expect(reply).toMatchObject({ state: "failed", result: false });
      expect(reply.message).toMatch(complaint);
    }
  });
});
