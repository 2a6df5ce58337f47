import { join } from "node:path";
import { expect, test } from "vitest";
import { anEntry, createCloudClient, withCloud } from "../../../test/simulator/cloud-client.ts";
import { temporaryDirectory } from "../../../test/temporary-directory.ts";
import type { Fault } from "../faults/fault.ts";
import { startSimulator } from "../simulator.ts";

const add = { action: "add", ...anEntry };
const remove = { action: "delete", ...anEntry };
const list = "/api/v1/emailProtection/modules/spam/orgBlockList";

test("an appliance on premises has no cloud port and takes none, and the quirk gives it one", async () => {
  const onprem = await startSimulator();
  expect(onprem.cloud).toBeUndefined();
  await onprem.stop();
  await expect(startSimulator({ cloudPort: 0 })).rejects.toThrow("has no cloud API");
  await withCloud({ profile: "onprem", quirks: { "cloud-lists": "present" } }, async (cloud) => {
    expect((await cloud.askToken()).status).toBe(200);
  });
  const pod = await startSimulator({ profile: "pod", quirks: { "cloud-lists": "absent" } });
  expect(pod.cloud).toBeUndefined();
  await pod.stop();
});

test("two keys of one id are refused at the start", async () => {
  const key = { clientId: "lab-client", clientSecret: "s", modules: [] };
  await expect(startSimulator({ profile: "pod", keys: [key] })).rejects.toThrow('"lab-client" is there twice');
});

test("lists survive a restart with a data file, tokens do not, and a reset empties the lists", async () => {
  const data = join(temporaryDirectory(), "lab.db");
  let token = "";
  await withCloud({ data, clientSecret: "kept" }, async (cloud) => {
    token = await cloud.token();
    await cloud.change("orgBlockList", token, add);
    await cloud.change("orgSafeList", token, { ...add, value: "ben@partner.example" });
  });
  await withCloud({ data, clientSecret: "kept" }, async (cloud, { journal, organisationLists, reset }) => {
    expect((await cloud.read("orgBlockList", token)).status).toBe(401);
    const fresh = await cloud.token();
    expect((await cloud.read("orgBlockList", fresh)).body).toEqual({ entries: [anEntry] });
    expect((await cloud.read("orgSafeList", fresh)).body).toMatchObject({
      entries: [{ value: "ben@partner.example" }],
    });
    expect(journal().map(({ effect }) => effect)).toEqual(["listed", "listed"]);
    reset();
    expect([...organisationLists.entries("safe"), ...organisationLists.entries("block"), ...journal()]).toEqual([]);
  });
});

test("the control port shows both lists", () =>
  withCloud({}, async (_cloud, { control, organisationLists }) => {
    organisationLists.add("safe", anEntry);
    expect(await (await fetch(`${control}/lists`)).json()).toEqual({ safe: [anEntry], block: [] });
  }));

test.each([
  ["none", 0],
  ["5-minutes", 300_000],
])(
  "with cloud-list-delay %s the filter obeys a change after %d milliseconds, and the API shows it at once",
  (quirk, delay) =>
    withCloud({ quirks: { "cloud-list-delay": quirk } }, async (cloud, { clock, send }) => {
      const envelope = { from: anEntry.value, to: ["ben@example.com"] };
      const rules = async () => {
        const { verdict } = await send({ envelope, raw: Buffer.from("Subject: x\r\n\r\nText\r\n") });
        return verdict.hits.map(({ rule }) => rule);
      };
      const token = await cloud.token();
      await cloud.change("orgBlockList", token, add);
      expect((await cloud.read("orgBlockList", token)).body).toEqual({ entries: [anEntry] });
      if (delay > 0) {
        clock.advance(delay - 1);
        expect(await rules()).not.toContain("organisation_blocklist");
        clock.advance(1);
      }
      expect(await rules()).toContain("organisation_blocklist");
      await cloud.change("orgBlockList", token, remove);
      if (delay > 0) expect(await rules()).toContain("organisation_blocklist");
      clock.advance(delay);
      expect(await rules()).not.toContain("organisation_blocklist");
    }),
);

test("where the API asks for a client certificate, the cloud does not", () =>
  withCloud({ asksClientCertificate: true }, async (cloud) => {
    expect((await cloud.askToken()).status).toBe(200);
  }));

test.each([
  [{ kind: "latency", milliseconds: 10 }, 1],
  [{ kind: "status", status: 503 }, 0],
  [{ kind: "html" }, 0],
  [{ kind: "truncated-json" }, 1],
  [{ kind: "cut-body" }, 1],
  [{ kind: "slow-body", milliseconds: 10 }, 1],
  [{ kind: "reset" }, 0],
  [{ kind: "lose-answer" }, 1],
] as [Fault, number][])("an addition that meets %j takes place %d times", (fault, times) =>
  withCloud({}, async (cloud, { faults, journal, organisationLists }) => {
    const token = await cloud.token();
    faults.add({ ...fault, route: `POST ${list}`, action: "add", count: 1 });
    await cloud.change("orgBlockList", token, add).catch(() => undefined);
    expect(faults.list()).toMatchObject([{ happened: 1 }]);
    expect(journal()).toHaveLength(times);
    expect(organisationLists.entries("block")).toHaveLength(times);
  }),
);

test("a fault meets the route and the action it is for and no other", () =>
  withCloud({}, async (cloud, { faults }) => {
    const token = await cloud.token();
    faults.add({ kind: "status", status: 502, route: "POST /v1/token" });
    faults.add({ kind: "status", status: 503, route: `POST ${list}`, action: "delete" });
    expect((await cloud.askToken()).status).toBe(502);
    expect((await cloud.read("orgBlockList", token)).status).toBe(200);
    expect((await cloud.change("orgSafeList", token, remove)).status).toBe(400);
    expect((await cloud.change("orgBlockList", token, add)).status).toBe(200);
    expect((await cloud.change("orgBlockList", token, remove)).status).toBe(503);
  }));

test("a refused connection is refused on the cloud port too", () =>
  withCloud({}, async (_cloud, simulator) => {
    simulator.faults.add({ kind: "refused" });
    const fresh = createCloudClient(simulator);
    await expect(fresh.askToken()).rejects.toThrow();
    await fresh.close();
  }));
