import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { type Fault, startSimulator } from "../../src/simulator/index.ts";
import { effectsOn } from "../simulator/effects.ts";
import { openRoom } from "./runtime-room.ts";

const list = "proofpoint-pps-list-quarantined-messages";
const search = "proofpoint-pps-smart-search";
const download = "proofpoint-pps-download-message";
const release = "proofpoint-pps-release-message";

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe("the connection test", () => {
  test("says ok when the quarantine can be searched, and the key of the cloud API is good", async () => {
    const room = await openRoom({ profile: "pod" });
    const { returned, calls } = await room.run("test-module");
    expect(returned).toBe("ok");
    expect(calls.map(({ url }) => new URL(url).pathname)).toEqual(["/rest/v1/quarantine", "/v1/token"]);
  });

  test("says what is wrong with user name and password", async () => {
    const room = await openRoom();
    const credentials = { identifier: "nobody", password: "not-the-password" };
    const { returned } = await room.run("test-module", {}, { params: { ...room.params, credentials } });
    expect(returned).toMatch(/refused the user name or password \(401\).*role of type API/s);
    expect(returned).not.toContain("not-the-password");
  });

  test("names the module that the role lacks", async () => {
    const room = await openRoom({ accounts: [{ username: "reader", password: "reader-secret", modules: ["pss"] }] });
    const credentials = { identifier: "reader", password: "reader-secret" };
    const { returned } = await room.run("test-module", {}, { params: { ...room.params, credentials } });
    expect(returned).toMatch(/403.*Tick the module Quarantine/s);
  });

  test("says what of the cloud API is missing where it is set up in part", async () => {
    const room = await openRoom({ profile: "pod" });
    for (const [lacking, name] of [
      [{ cloud_cluster_id: "" }, "Threat Protection Cluster ID"],
      [{ cloud_credentials: { identifier: "key", password: "" } }, "Threat Protection Client Secret"],
    ] as const) {
      const { returned, calls } = await room.run("test-module", {}, { params: { ...room.params, ...lacking } });
      expect(returned).toContain(`(parameter ${name}) is missing`);
      expect(calls).toEqual([]);
    }
  });

  test("says what is wrong with the key of the cloud API", async () => {
    const room = await openRoom({ profile: "pod" });
    const cloud_credentials = { identifier: room.simulator.clientId, password: "not-the-secret" };
    const { returned } = await room.run("test-module", {}, { params: { ...room.params, cloud_credentials } });
    expect(returned).toMatch(/refused client id or client secret/);
    expect(returned).not.toContain("not-the-secret");
  });
});

test.each([401, 403] as const)(
  "an answer of %i is an error entry in the public integration's words, and ours",
  async (status) => {
    const room = await openRoom({ quirks: { "denied-body": "text" } });
    room.simulator.faults.add({ kind: "status", status });
    const { entries, errors } = await room.run(search);
    expect(entries).toMatchObject([{ Type: 4, ContentsFormat: "text", EntryContext: null }]);
    expect(errors).toMatch(new RegExp(`^Error in API call \\[${status}\\] - (Unauthorized|Forbidden)\n`));
    expect(errors).toContain(status === 401 ? "user name and password" : "Tick the module pss");
  },
);

test("a dead port says to look at the server URL, and a change to it was surely not made", async () => {
  const room = await openRoom();
  const params = { ...room.params, url: `https://127.0.0.1:${await freePort()}` };
  const read = await room.run(list, { from: "*" }, { params });
  expect(read.errors).toMatch(/^Verify that the Server URL parameter is correct/);
  const change = await room.run(release, { folder_name: "Quarantine", local_guid: "7:7:1" }, { params });
  expect(change.errors).toMatch(/^Verify that the Server URL parameter is correct/);
  expect(change.errors).not.toMatch(/not known/);
});

test("a certificate of an unknown authority is refused unless any is to be trusted", async () => {
  const room = await openRoom();
  const other = await startSimulator();
  try {
    const { errors, calls } = await room.run(list, { from: "*" }, { ca: other.ca });
    expect(errors).toMatch(/^SSL Certificate Verification Failed - /);
    expect(calls).toHaveLength(1);
    const trusting = await room.run(list, { from: "*" }, { ca: other.ca, params: { ...room.params, unsecure: true } });
    expect(trusting.readable).toContain("No results found.");
  } finally {
    await other.stop();
  }
});

test("a server that does not answer in time is called that, and is not waited for again", async () => {
  const room = await openRoom();
  room.simulator.faults.add({ kind: "latency", milliseconds: 30_000 });
  const { errors, calls } = await room.run(list, { from: "*" }, { params: { ...room.params, timeout: "1" } });
  expect(errors).toMatch(/^Connection Timeout Error - .* within 1 second\./);
  expect(calls).toHaveLength(1);
});

test.each<[string, Fault, RegExp]>([
  ["a login page with status 200", { kind: "html" }, /^Failed to parse json object from response: /],
  ["cut JSON", { kind: "truncated-json" }, /^Failed to parse json object from response: /],
  ["a cut body", { kind: "cut-body" }, /^Verify that the Server URL parameter is correct/],
  ["429", { kind: "status", status: 429 }, /^Error in API call \[429\] - /],
  ["503", { kind: "status", status: 503 }, /^Error in API call \[503\] - /],
  ["500", { kind: "status", status: 500 }, /^Error in API call \[500\] - /],
  ["502 of a proxy", { kind: "status", status: 502 }, /^Error in API call \[502\] - /],
  ["a connection dropped", { kind: "reset" }, /^Verify that the Server URL parameter is correct/],
])("%s is an error for every search, never nothing found", async (_what, fault, words) => {
  const room = await openRoom();
  room.hold();
  room.simulator.faults.add(fault);
  for (const [command, args] of [
    [list, { from: "*" }],
    [search, {}],
  ] as const) {
    const { entries, errors } = await room.run(command, args);
    expect(entries.map(({ Type }) => Type)).toEqual([4]);
    expect(errors).toMatch(words);
    expect(errors).not.toContain(room.simulator.password);
  }
});

test("404 is an error for a search, and no message that is not there", async () => {
  const room = await openRoom();
  room.simulator.faults.add({ kind: "status", status: 404 });
  const { entries, errors } = await room.run(list, { from: "*" });
  expect(entries.map(({ Type }) => Type)).toEqual([4]);
  expect(errors).toMatch(/^Error in API call \[404\]/);
});

test("a page in place of a raw mail is an error and no file", async () => {
  const room = await openRoom();
  const guid = room.hold();
  room.simulator.faults.add({ kind: "html", route: "GET /quarantine" });
  for (const keepsBodyOfSavedFile of [false, true]) {
    const { entries, errors } = await room.run(download, { guid }, { keepsBodyOfSavedFile });
    expect(entries.map(({ Type }) => Type)).toEqual([4]);
    expect(errors).toMatch(/web page/);
  }
});

test("a redirect is not followed, since what stands behind would get the password", async () => {
  const room = await openRoom();
  const seen: string[] = [];
  const server = createHttpServer((request, response) => {
    seen.push(request.url ?? "");
    response.writeHead(302, { location: "/login?to=secret" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const params = { ...room.params, url: `http://127.0.0.1:${port}` };
    const { errors } = await room.run(list, { from: "*" }, { params });
    expect(errors).toContain("PPS answered with a redirect (302) to /login.");
    expect(seen).toHaveLength(1);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});

test("reads are repeated after a passing fault, a few times, and wait as long as Retry-After asks", async () => {
  const room = await openRoom();
  room.hold();
  room.simulator.faults.add({ kind: "status", status: 503, count: 2, retryAfter: "7" });
  const { readable, waits } = await room.run(list, { from: "*" });
  expect(readable).toContain("Your invoice");
  expect(waits).toEqual([7, 7]);
  room.simulator.faults.add({ kind: "reset" });
  const lost = await room.run(list, { from: "*" });
  expect(lost.calls).toHaveLength(3);
});

test("nobody is waited for longer than the timeout of the instance", async () => {
  const room = await openRoom();
  room.simulator.faults.add({ kind: "status", status: 503, retryAfter: "3600" });
  const { errors, waits } = await room.run(list, { from: "*" });
  expect(waits).toEqual([]);
  expect(errors).toContain("Try again in 3600 seconds.");
});

test("a release that 503 turned away is repeated, for PPS did not begin it, and delivered once", async () => {
  const room = await openRoom({ profile: "pod" });
  const guid = room.hold();
  room.simulator.faults.add({ kind: "status", status: 503, count: 2, retryAfter: "2", route: "POST /quarantine" });
  const { errors, readable } = await room.run(release, { folder_name: "Quarantine", local_guid: guid });
  expect(errors.trim()).toBe("");
  expect(readable).not.toBe("");
  expect(await effectsOn(room, guid)).toEqual(["released"]);
});

test.each(["lose-answer", "cut-body"] as const)(
  "a release whose answer is lost (%s) is of unknown outcome, and never repeated",
  async (kind) => {
    const room = await openRoom({ profile: "pod" });
    const guid = room.hold();
    room.simulator.faults.add({ kind, route: "POST /quarantine" });
    const { errors, calls, entries } = await room.run(release, { folder_name: "Quarantine", local_guid: guid });
    expect(calls.filter(({ request }) => request.Method === "POST")).toHaveLength(1);
    expect(errors).toMatch(/Whether the release took effect is not known; it was not repeated/);
    expect(JSON.stringify(entries)).toContain('"outcome":"unknown"');
    expect(await effectsOn(room, guid)).toEqual(["released"]);
  },
);

test("a delete whose answer is lost is looked up, and is unknown where the time it was held at is not known", async () => {
  const room = await openRoom({ profile: "onprem" });
  const guid = room.hold();
  const listed = await room.run(list, { from: "*" });
  const localGuid = (JSON.stringify(listed.entries).match(/"localguid":"([^"]+)"/) ?? [])[1];
  room.simulator.faults.add({ kind: "lose-answer", route: "POST /quarantine" });
  const args = { folder_name: "Quarantine", local_guid: localGuid };
  const { readable, errors } = await room.run("proofpoint-pps-delete-message", args);
  expect([errors, readable]).toEqual([
    expect.stringContaining("Whether the delete took effect is not known."),
    "Whether it was done is not known.",
  ]);
  expect(await effectsOn(room, guid)).toEqual(["deleted"]);
});
