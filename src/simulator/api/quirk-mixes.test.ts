import { expect, test } from "vitest";
import { type TestServer, withServer } from "../../../test/simulator/api-server.ts";
import { mixedQuirks, oppositeQuirks, type Quirks, resolveQuirks } from "../quirks.ts";

const late = 600_000;

const choices: [string, Quirks][] = [
  ["the defaults on premises", resolveQuirks("onprem")],
  ["the defaults of PoD", resolveQuirks("pod")],
  ["the opposite of on premises", oppositeQuirks("onprem")],
  ["the opposite of PoD", oppositeQuirks("pod")],
  ...Array.from({ length: 20 }, (_, seed): [string, Quirks] => [`mix ${seed}`, mixedQuirks("onprem", seed)]),
];

test.each(choices)("with %s a tolerant reader finds a message, follows it and is rid of it", (_name, quirks) =>
  withServer({ quirks }, async (server) => {
    const { guid } = server.hold({ subject: "Wanted 1" });
    server.hold({ subject: "Other" });

    const [first] = await find(server, "Quarantine");
    expect(first?.guid).toBe(guid);
    const act = async (action: string, folder: string, fields: object) => {
      const [record] = await find(server, folder);
      const answer = await server.act({ action, folder: record?.folder, localguid: record?.localguid, ...fields });
      expect(answer.ok).toBe(true);
      await answer.text();
      server.clock.advance(late);
    };
    await act("release", "Quarantine", {});
    await act("move", "Quarantine", { targetfolder: "Phish" });
    expect(await find(server, "Quarantine")).toEqual([]);
    await act("delete", "Phish", {});
    expect(await find(server, "Phish")).toEqual([]);

    expect(server.store.journal().map(({ effect }) => effect)).toEqual(["released", "moved", "deleted"]);
    expect(server.store.stats().held).toEqual({ Quarantine: 1 });
    const traced = await server.get("/pss/filter", { guid, from: "2026-02-01T00:00:00+0000" });
    const { result } = JSON.parse((await traced.text()) || "{}") as { result?: { GUID: string }[] };
    expect(result?.map(({ GUID }) => GUID)).toEqual([guid]);
    expect(server.reports).toEqual([]);
  }),
);

test.each(choices)("with %s every refusal is text and has no effect", (_name, quirks) =>
  withServer({ quirks }, async (server) => {
    const { localGuid } = server.hold({});
    const order = { action: "delete", folder: "Quarantine", localguid: localGuid };
    for (const fields of [
      { deletedfolder: "PCI" },
      { deletedfolder: "Quarantine" },
      { folder: "Phish" },
      { folder: "?" },
    ]) {
      const answer = await server.act({ ...order, ...fields });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(await answer.text()).toMatch(/^\w/);
    }
    server.clock.advance(late);
    await server.settle();
    expect(server.store.journal()).toEqual([]);
  }),
);

interface Found {
  guid: string;
  localguid: string;
  folder: string;
}

/** Reads an answer in every form that the quirks have for it. */
async function find(server: TestServer, folder: string): Promise<Found[]> {
  const query = { subject: "Wanted*", folder, startdate: "2026-02-01 00:00:00", enddate: "2026-02-05 00:00:00" };
  const answer = await server.get("/quarantine", query);
  const body = JSON.parse(await answer.text()) as Found[] | { records?: Found[] };
  return Array.isArray(body) ? body : (body.records ?? []);
}
