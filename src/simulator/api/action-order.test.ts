import fc from "fast-check";
import { expect, test } from "vitest";
import { withServer } from "../../../test/simulator/api-server.ts";

const order = (action: string, localguid: string, fields: object = {}) => ({
  action,
  folder: "Quarantine",
  localguid,
  ...fields,
});

test("an unknown target folder is answered with the known text", () =>
  withServer({ profile: "pod", quirks: { "refusal-status": "500" } }, async (server) => {
    const { localGuid } = server.hold({});
    const answer = await server.act(order("move", localGuid, { targetfolder: "Nix" }));
    expect(answer.status).toBe(400);
    expect(await answer.text()).toBe("Invalid argument: targetfolder");
  }));

test("an unknown deleted folder is refused in a text that names the field", () =>
  withServer({ quirks: { "refusal-status": "422" } }, async (server) => {
    const { localGuid } = server.hold({});
    const answer = await server.act(order("delete", localGuid, { deletedfolder: "Nix" }));
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain("deletedfolder");
  }));

test.each([
  ["another module type", { action: "move", targetfolder: "PCI" }],
  ["another module type to delete to", { action: "delete", deletedfolder: "Deleted Incidents" }],
  ["the same folder", { action: "move", targetfolder: "quarantine" }],
  ["the same folder to release to", { action: "release", deletedfolder: "Quarantine" }],
  ["no target", { action: "move" }],
  ["an unknown folder", { action: "delete", folder: "Nix" }],
  ["a folder where the message is not", { action: "delete", folder: "Phish" }],
  ["no folder", { action: "delete", folder: null }],
  ["no id", { action: "delete", localguid: "" }],
  ["an empty id in the list", { action: "delete", localguid: "1:1:1,,1:1:1" }],
  ["no action", { action: null }],
  ["an unknown action", { action: "undelete" }],
  ["an action named like a property of objects", { action: "constructor" }],
  ["no recipient", { action: "forward" }],
  ["a recipient that is none", { action: "forward", to: "a@example.com,bob" }],
  ["an odd flag", { action: "release", scan: "true" }],
  ["a number for a text", { action: "release", localguid: 7 }],
])("%s is refused in text and without effect", (_what, fields) =>
  withServer({ quirks: { "refusal-status": "409" } }, async (server) => {
    const { localGuid } = server.hold({});
    const answer = await server.act(order("", localGuid, fields));
    expect(answer.status).toBe(409);
    expect(answer.headers.get("Content-Type")).toMatch(/^text\/plain/);
    expect(await answer.text()).not.toBe("");
    expect(server.store.journal()).toEqual([]);
    expect(server.departures).toEqual([]);
  }),
);

test.each(["", "{", "[]", "null", '"text"'])("the body %j is refused", (body) =>
  withServer({}, async (server) => {
    expect((await server.act(body)).status).toBe(400);
  }),
);

test("no body whatever makes the server fail or act", () =>
  withServer({}, async (server) => {
    server.hold({});
    const names = fc.constantFrom("action", "folder", "localguid", "to", "scan", "__proto__", "x");
    const bodies = fc.oneof(
      fc.json(),
      fc.dictionary(names, fc.jsonValue()).map((value) => JSON.stringify(value)),
    );
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        expect([400, 501]).toContain((await server.act(body)).status);
      }),
      { numRuns: 60 },
    );
    expect(server.store.journal()).toEqual([]);
  }));
