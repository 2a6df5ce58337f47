import { expect, test } from "vitest";
import { anEntry, listPath, withCloud } from "../../../test/simulator/cloud-client.ts";

const add = { action: "add", ...anEntry };
const remove = { action: "delete", ...anEntry };
const duplicate = "error.api.emailprotection.lists.samelist.duplicate.entry";

test("an entry is listed after it was added and until it is deleted, on its own list only, and the journal tells both", () =>
  withCloud({}, async (cloud, { journal, organisationLists }) => {
    const token = await cloud.token();
    const added = await cloud.change("orgBlockList", token, add);
    expect(added.status).toBe(200);
    expect((await cloud.read("orgBlockList", token)).body).toEqual({ entries: [anEntry] });
    expect((await cloud.read("orgSafeList", token)).body).toEqual({ entries: [] });
    expect(organisationLists.entries("block")).toEqual([anEntry]);
    const deleted = await cloud.change("orgBlockList", token, { ...remove, comment: "x".repeat(200) });
    expect(deleted.status).toBe(200);
    expect((await cloud.read("orgBlockList", token)).body).toEqual({ entries: [] });
    expect(journal()).toMatchObject([
      { effect: "listed", list: "block", entry: anEntry, requestId: added.headers["x-request-id"] },
      { effect: "unlisted", list: "block", entry: anEntry, requestId: deleted.headers["x-request-id"] },
    ]);
  }));

test("the same entry again is refused by the known text, whatever its comment, and on the other list it is new", () =>
  withCloud({}, async (cloud, { journal, organisationLists }) => {
    const token = await cloud.token();
    await cloud.change("orgSafeList", token, add);
    expect(await cloud.change("orgSafeList", token, { ...add, comment: "another" })).toMatchObject({
      status: 400,
      body: { errorMessage: duplicate },
    });
    expect((await cloud.change("orgBlockList", token, add)).status).toBe(200);
    expect((await cloud.change("orgSafeList", token, { ...add, operator: "contain" })).status).toBe(200);
    expect(journal().map(({ list }) => list)).toEqual(["safe", "block", "safe"]);
    expect(organisationLists.entries("safe")[0]).toEqual(anEntry);
  }));

test.each([
  ["a comment of 151 characters", { comment: "x".repeat(151) }],
  ["an unknown attribute", { attribute: "from" }],
  ["an operator of neither list", { operator: "is_in_list" }],
  ["a value of blanks", { value: " " }],
  ["a number for a value", { value: 7 }],
  ["no value", { value: undefined }],
  ["null for a comment", { comment: null }],
  ["an unknown action", { action: "remove" }],
  ["no action", { action: undefined }],
])("%s is refused by another text than a duplicate, and changes nothing", (_what, fields) =>
  withCloud({}, async (cloud, { journal }, reports) => {
    const token = await cloud.token();
    for (const list of ["orgSafeList", "orgBlockList"] as const) {
      const { status, body } = await cloud.change(list, token, { ...add, ...fields });
      expect([status, body]).toEqual([400, { errorMessage: expect.stringMatching(/^[^.]+$/) }]);
    }
    expect([journal(), reports]).toEqual([[], []]);
  }),
);

test.each(["", "{", "[]", "null", '"text"', JSON.stringify([add]), JSON.stringify({ entries: [add] })])(
  "the body %s, which is not one entry, is not taken",
  (body) =>
    withCloud({}, async (cloud, { journal }) => {
      const answer = await cloud.change("orgBlockList", await cloud.token(), body);
      expect([400, 501]).toContain(answer.status);
      expect(journal()).toEqual([]);
    }),
);

test("a comment may have 150 characters or be left out", () =>
  withCloud({}, async (cloud) => {
    const token = await cloud.token();
    const entry = { attribute: "$ip", operator: "equal", value: "192.0.2.7" };
    const long = { ...anEntry, comment: "ä".repeat(150) };
    expect((await cloud.change("orgSafeList", token, { action: "add", ...entry })).status).toBe(200);
    expect((await cloud.change("orgSafeList", token, { action: "add", ...long })).status).toBe(200);
    expect((await cloud.read("orgSafeList", token)).body).toEqual({ entries: [entry, long] });
  }));

test.each([
  ["by-list", "orgBlockList", ["equal", "not_equal", "contain", "not_contain"]],
  ["by-list", "orgSafeList", ["equal", "contain"]],
  ["all", "orgBlockList", ["equal", "not_equal", "contain", "not_contain", "is_in_list"]],
  ["all", "orgSafeList", ["equal", "not_equal", "contain", "not_contain", "is_in_list"]],
] as const)("with cloud-operators %s the list %s takes %j", (quirk, list, expected) =>
  withCloud({ quirks: { "cloud-operators": quirk } }, async (cloud) => {
    const token = await cloud.token();
    const taken: string[] = [];
    for (const operator of ["equal", "not_equal", "contain", "not_contain", "is_in_list", "starts"]) {
      if ((await cloud.change(list, token, { ...add, operator })).status === 200) taken.push(operator);
    }
    expect(taken).toEqual(expected);
  }),
);

test("with cloud-list-size 1000 the entry beyond is refused until another one has gone", () =>
  withCloud({ quirks: { "cloud-list-size": "1000" } }, async (cloud, { organisationLists }) => {
    const token = await cloud.token();
    for (let n = 0; n < 999; n++) organisationLists.add("block", { ...anEntry, value: `${n}@evil.example` });
    expect((await cloud.change("orgBlockList", token, add)).status).toBe(200);
    const beyond = { ...add, value: "last@evil.example" };
    expect(await cloud.change("orgBlockList", token, beyond)).toMatchObject({
      status: 400,
      body: { errorMessage: expect.not.stringContaining("duplicate") },
    });
    expect((await cloud.change("orgSafeList", token, beyond)).status).toBe(200);
    await cloud.change("orgBlockList", token, remove);
    expect((await cloud.change("orgBlockList", token, beyond)).status).toBe(200);
  }));

test("every attribute there is can be listed", () =>
  withCloud({}, async (cloud) => {
    const token = await cloud.token();
    for (const attribute of ["$from", "$hfrom", "$ip", "$host", "$helo", "$rcpt"]) {
      expect((await cloud.change("orgSafeList", token, { ...add, attribute })).status).toBe(200);
    }
  }));

test.each([
  ["400", 400],
  ["404", 404],
  ["200", 200],
])("with cloud-absent-entry %s deleting what is not there is answered %d, and is no effect", (quirk, status) =>
  withCloud({ quirks: { "cloud-absent-entry": quirk } }, async (cloud, { journal }) => {
    const answer = await cloud.change("orgBlockList", await cloud.token(), remove);
    expect(answer.status).toBe(status);
    expect(answer.body?.errorMessage).not.toBe(duplicate);
    expect(journal()).toEqual([]);
  }),
);

test.each([
  ["echo", JSON.stringify(add)],
  ["json", '{"status":"success"}'],
  ["empty", ""],
])("with cloud-change-body %s an accepted change is answered %s", (quirk, text) =>
  withCloud({ quirks: { "cloud-change-body": quirk } }, async (cloud) => {
    expect(await cloud.change("orgBlockList", await cloud.token(), add)).toMatchObject({ status: 200, text });
  }),
);

test.each([
  ["left-out", {}],
  ["empty-text", { comment: "" }],
])("with cloud-empty-comment %s an entry without a comment is listed with %j", (quirk, shown) =>
  withCloud({ quirks: { "cloud-empty-comment": quirk } }, async (cloud) => {
    const token = await cloud.token();
    const { comment: _, ...entry } = anEntry;
    await cloud.change("orgBlockList", token, { action: "add", ...entry });
    expect((await cloud.read("orgBlockList", token)).body).toEqual({ entries: [{ ...entry, ...shown }] });
  }),
);

test("no token and a wrong one are answered 401, a key without the module 403, an unknown cluster 400", () =>
  withCloud({ keys: [{ clientId: "bare", clientSecret: "s", modules: [] }] }, async (cloud, { journal }) => {
    const token = await cloud.token();
    const path = listPath("orgBlockList", "lab-cluster");
    const bare = await cloud.token({ client_id: "bare", client_secret: "s" });
    for (const [method, body] of [["GET"], ["POST", add]] as const) {
      expect((await cloud.send(method, path, { body })).status).toBe(401);
      expect((await cloud.send(method, path, { body, token: "wrong" })).status).toBe(401);
      expect((await cloud.send(method, path, { body, token: bare })).status).toBe(403);
      for (const wrong of [listPath("orgBlockList", "other"), path.replace(/\?.*/, "")]) {
        const answer = await cloud.send(method, wrong, { body, token });
        expect(answer).toMatchObject({ status: 400, body: { errorMessage: expect.any(String) } });
      }
    }
    expect(journal()).toEqual([]);
  }));

test("what the real API is not known to have is answered 501 and reported", () =>
  withCloud({ quirks: { "cloud-call-limit": "none" } }, async (cloud, { journal }, reports) => {
    const token = await cloud.token();
    const path = listPath("orgBlockList", "lab-cluster");
    const wrong = [
      ["GET", "/v1/token"],
      ["POST", "/v1/token?client_id=x", { type: "application/x-www-form-urlencoded", body: "" }],
      ["POST", "/v1/token", { type: "application/x-www-form-urlencoded", body: "scope=lists" }],
      ["GET", "/rest/v1/quarantine?from=*"],
      ["GET", path.replace("spam", "virus")],
      ["GET", `${path}&limit=5`],
      ["GET", `${path}&clusterId=lab-cluster`],
      ["DELETE", path],
      ["POST", path, { body: { ...add, expires: "tomorrow" } }],
      ["POST", path, { type: "text/plain", body: add }],
    ] as const;
    for (const [method, target, options] of wrong) {
      expect([target, (await cloud.send(method, target, { token, ...options })).status]).toEqual([target, 501]);
    }
    expect(reports).toHaveLength(wrong.length);
    expect(journal()).toEqual([]);
  }));

test("a body beyond 64 kilobytes is refused", () =>
  withCloud({}, async (cloud) => {
    const big = { ...add, value: "x".repeat(64 * 1024) };
    expect((await cloud.change("orgBlockList", await cloud.token(), big)).status).toBe(413);
  }));

test("every answer carries another request id and the gateway's own time", () =>
  withCloud({}, async (cloud, { clock }) => {
    const token = await cloud.token();
    const answers = [
      await cloud.askToken(),
      await cloud.read("orgSafeList", token),
      await cloud.read("orgSafeList", "x"),
    ];
    expect(new Set(answers.map(({ headers }) => headers["x-request-id"])).size).toBe(3);
    for (const { headers } of answers) expect(headers.date).toBe(new Date(clock.now()).toUTCString());
  }));

test("the wording of refusals varies by seed", async () => {
  const wordings = new Set<string>();
  for (const seed of ["a", "b", "c", "d", "e"]) {
    await withCloud({ seed }, async (cloud) => {
      wordings.add((await cloud.change("orgSafeList", await cloud.token(), { ...add, value: "" })).text);
    });
  }
  expect(wordings.size).toBeGreaterThan(1);
});
