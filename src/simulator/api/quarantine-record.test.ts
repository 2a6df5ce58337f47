import { expect, test } from "vitest";
import { startTestServer, withServer } from "../../../test/simulator/api-server.ts";

test("a record has the fields and forms of the on-premises product", () =>
  withServer({ profile: "onprem" }, async (server) => {
    const { guid } = server.hold({ rcpts: ["bob@example.com", "eve@example.com"], spamScore: 100 });
    const answer = await server.get("/quarantine", { from: "*" });
    expect(await answer.json()).toEqual({
      count: 1,
      meta: { limit: 1000, query_params: { from: "*" }, queryid: expect.stringMatching(/^[\w-]{32}$/) },
      records: [
        {
          guid,
          localguid: "1:1:1",
          folder: "Quarantine",
          date: "2026-02-03 04:04:06",
          subject: "Quarterly figures",
          messageid: "1@example.net",
          from: "ann@example.net",
          rcpts: ["bob@example.com", "eve@example.com"],
          size: "5120",
          spamscore: "100",
          host_ip: "mx.example.net [192.0.2.7]",
          processingserver: "pps.example.com",
        },
      ],
    });
  }));

test("on PoD localguid equals guid and numbers are numbers", () =>
  withServer({ profile: "pod" }, async (server) => {
    const { guid } = server.hold({});
    const [record] = await server.records();
    expect(record).toMatchObject({ guid, localguid: guid, size: 5120, spamscore: 80 });
  }));

test.each([
  ["empty-string", { from: "", messageid: "" }],
  ["null", { from: null, messageid: null }],
  ["absent", {}],
])("with empty-fields %s a bounce without Message-ID shows %j", (quirk, expected) =>
  withServer({ quirks: { "empty-fields": quirk } }, async (server) => {
    server.hold({ from: "", messageId: "" });
    const [{ from, messageid } = {}] = await server.records();
    expect({ ...(from !== undefined && { from }), ...(messageid !== undefined && { messageid }) }).toEqual(expected);
  }),
);

test("numbers may change their type from record to record and unknown fields may appear", () =>
  withServer({ quirks: { "record-numbers": "mixed", "unknown-fields": "some" } }, async (server) => {
    server.hold({});
    server.hold({});
    const records = await server.records();
    expect(new Set(records.map(({ size }) => typeof size))).toEqual(new Set(["string", "number"]));
    expect(records[0]).toHaveProperty("quarantinerule");
  }));

test("dlpviolation comes on demand only, and what matched only with details", () =>
  withServer({}, async (server) => {
    const dlp = JSON.stringify([{ rule: "cards", matches: ["4111 1111 1111 1111"] }]);
    server.hold({ folder: "PCI", dlp });
    const find = async (query: Record<string, string>) =>
      JSON.stringify((await server.records({ folder: "PCI", ...query }))[0]);
    expect(await find({})).not.toContain("dlpviolation");
    expect(await find({ dlpviolation: "t" })).toContain("cards");
    expect(await find({ dlpviolation: "t" })).not.toContain("4111");
    expect(await find({ dlpviolation: "details" })).toContain("4111 1111 1111 1111");
  }));

test("messagestatus tells what was done to a message, in either order", async () => {
  const texts = async (quirk: string) => {
    const server = await startTestServer({ quirks: { "status-order": quirk } });
    const { localGuid } = server.hold({});
    await server.act({ action: "release", folder: "Quarantine", localguid: localGuid });
    const [record] = await server.records({ messagestatus: "t" });
    await server.stop();
    const list = record?.messagestatus as { statusdesc: string; user: string }[] | undefined;
    return list?.map(({ statusdesc, user }) => `${statusdesc}/${user}`);
  };
  expect(await texts("oldest-first")).toEqual(["New/", "Released/api-admin"]);
  expect(await texts("newest-first")).toEqual(["Released/api-admin", "New/"]);
});
