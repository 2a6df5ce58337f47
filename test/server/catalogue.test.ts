import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Message } from "../../src/commands/index.ts";
import { commands } from "../../src/commands/index.ts";
import type { Command } from "../../src/core/command.ts";
import { resultSchema } from "../../src/core/json-schema.ts";
import type { Json } from "../../src/core/steps.ts";
import { routePath } from "../../src/hosts/server/routes/route-path.ts";
import { noon } from "../contract/lab.ts";
import { valueFaults } from "./json-schema-check.ts";
import { openServerLab, type ServerLab } from "./lab.ts";

/** What each command is called with here; what is not named takes nothing. */
const inputs: Record<string, (message: Message) => Record<string, unknown>> = {
  "quarantine.list": () => ({ sender: "*" }),
  "quarantine.download": ({ guid }) => ({ guid }),
  "quarantine.release": (message) => ({ localGuids: [message] }),
  "quarantine.resubmit": ({ localGuid, folder }) => ({ localGuids: [localGuid], folder }),
  "quarantine.forward": (message) => ({ localGuids: [message], to: ["soc@example.com"] }),
  "quarantine.move": (message) => ({ localGuids: [message], targetFolder: "Audit" }),
  "quarantine.delete": (message) => ({ localGuids: [message] }),
  "message.show": ({ guid }) => ({ guid }),
  "respond.phishing": () => ({ message: Buffer.from(spam).toString("base64") }),
  "respond.false-positive": ({ guid }) => ({ guid }),
  hunt: () => ({ indicators: ["claims@mega-lotto.test"] }),
  "users.get": () => ({ email: "ann@example.com" }),
  "users.create": () => ({ email: "ben@example.com" }),
  "users.modify": () => ({ email: "ann@example.com", lastName: "Lind" }),
  "users.delete": () => ({ email: "ann@example.com" }),
  "users.blocklist.list": () => ({ user: ["ann@example.com"] }),
  "users.blocklist.add": () => ({ user: ["ann@example.com"], entries: ["billing@evil.test"] }),
  "users.blocklist.remove": () => ({ user: ["ann@example.com"], entries: ["billing@evil.test"] }),
  "users.safelist.list": () => ({ user: ["ann@example.com"] }),
  "users.safelist.add": () => ({ user: ["ann@example.com"], entries: ["billing@partner.test"] }),
  "users.safelist.remove": () => ({ user: ["ann@example.com"], entries: ["billing@partner.test"] }),
  "blocklist.add": () => ({ entries: ["billing@evil.test"] }),
  "blocklist.remove": () => ({ entries: ["billing@evil.test"] }),
  "blocklist.sync": () => ({ file: "billing@evil.test\n" }),
  "blocklist.feed": () => ({ file: "billing@evil.test\n" }),
  "safelist.add": () => ({ entries: ["billing@partner.test"] }),
  "safelist.remove": () => ({ entries: ["billing@partner.test"] }),
  "safelist.sync": () => ({ file: "billing@partner.test\n" }),
};

const closers: (() => Promise<void>)[] = [];
let lab: ServerLab;

beforeAll(async () => {
  lab = await openServerLab({}, {}, (close) => closers.push(close));
});

afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

/** Has the gateway hold one message and know the user ann, and nothing else; gives the message. */
async function refill(): Promise<Message> {
  lab.simulator.reset();
  // A reset lets the clock run: a second may begin between two answers that are to be the same.
  lab.simulator.clock.set(noon, true);
  await lab.simulator.send({
    envelope: { from: "claims@mega-lotto.test", to: ["ann@example.com"] },
    raw: Buffer.from(spam),
  });
  // Nothing is released before the trace, which follows some seconds behind, tells why it is held.
  lab.simulator.clock.advance(60_000);
  await lab.post("/v1/users/create", { email: "ann@example.com" });
  const { messages } = (await lab.post("/v1/quarantine/list", { sender: "*", allFolders: true })).json();
  return (messages as Message[])[0] as Message;
}

const spam =
  "From: claims@mega-lotto.test\r\nTo: ann@example.com\r\nMessage-ID: <1@mega-lotto.test>\r\nSubject: CONGRATULATIONS WINNER lottery million claim\r\n\r\nYou have won the lottery! Claim your prize of one million now, act now, free money, winner!\r\n";

describe.each(commands.map((command): [string, Command] => [command.name, command]))(
  "%s over HTTPS",
  (name, command) => {
    test("answers as its schema says, and says the same by GET where it only reads", async () => {
      const message = await refill();
      const input = inputs[name]?.(message) ?? {};
      const answer = await lab.post(routePath(name), input);
      expect(answer.text).not.toContain('"code"');
      expect(answer.status).toBe(200);
      if (command.file) {
        expect(answer.headers).toMatchObject({
          "content-type": "message/rfc822",
          "content-disposition": `attachment; filename="${message.guid.replace(/[^A-Za-z0-9_.-]/g, "_")}.eml"`,
        });
        expect(answer.text).toContain("Subject: CONGRATULATIONS WINNER");
      } else {
        expect(valueFaults(answer.json() as Json, resultSchema(command), name, () => ({}))).toEqual([]);
      }
      if (command.effect !== "read") return;
      const query = new URLSearchParams(
        Object.entries(input).flatMap(([field, value]) =>
          [value].flat().map((one): [string, string] => [field, String(one)]),
        ),
      );
      const got = await lab.get(`${routePath(name)}?${query}`);
      expect(got.status).toBe(200);
      expect(got.text).toBe(answer.text);
    });

    test.runIf(command.effect !== "read")("changes nothing in a dry run", async () => {
      const message = await refill();
      const before = [lab.simulator.journal().length, lab.simulator.organisationLists.entries("block").length];
      const answer = await lab.post(`${routePath(name)}?dryRun=true`, inputs[name]?.(message) ?? {});
      expect(answer.status).toBe(200);
      lab.simulator.clock.advance(20 * 60_000);
      await lab.simulator.settle();
      expect([lab.simulator.journal().length, lab.simulator.organisationLists.entries("block").length]).toEqual(before);
    });
  },
);
