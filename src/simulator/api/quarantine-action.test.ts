import PostalMime from "postal-mime";
import { expect, test } from "vitest";
import { startTestServer, type TestServer, withServer } from "../../../test/simulator/api-server.ts";

const order = (action: string, localguid: string, fields: object = {}) => ({
  action,
  folder: "Quarantine",
  localguid,
  ...fields,
});

const effects = (server: TestServer) =>
  server.store.journal().map(({ effect, localGuid, targetFolder }) => [effect, localGuid, targetFolder]);

test("release sends the original bytes to the envelope recipients, leaves the message and repeats when asked again", () =>
  withServer({}, async (server) => {
    const raw = "From: x\r\nTo: somebody else\r\n\r\n\u00fc\0 body";
    const { localGuid, guid } = server.hold({
      raw,
      from: "ann@example.net",
      rcpts: ["bob@example.com", "eve@example.org"],
    });
    const answer = await server.act(order("release", localGuid));
    await server.act(order("release", localGuid));
    expect(server.departures).toHaveLength(2);
    expect(server.departures[0]).toEqual({
      guid,
      envelope: { from: "ann@example.net", to: ["bob@example.com", "eve@example.org"] },
      raw: Buffer.from(raw),
      cause: "released",
    });
    expect(await server.records()).toHaveLength(1);
    expect(server.store.journal()[0]).toEqual({
      sequence: 1,
      at: "2026-02-03T04:05:06.000Z",
      effect: "released",
      guid,
      localGuid,
      folder: "Quarantine",
      recipients: ["bob@example.com", "eve@example.org"],
      requestId: answer.headers.get("X-Request-Id"),
    });
  }));

test.each(["release", "forward"])("%s with deletedfolder ends further ones from the old folder", (action) =>
  withServer({}, async (server) => {
    const { localGuid } = server.hold({});
    const body = order(action, localGuid, {
      deletedfolder: "deleted",
      ...(action === "forward" && { to: "a@example.com" }),
    });
    expect((await server.act(body)).status).toBe(200);
    expect(await server.records()).toEqual([]);
    expect(await server.records({ folder: "Deleted" })).toHaveLength(1);
    expect((await server.act(body)).status).toBe(404);
    expect(server.departures).toHaveLength(1);
  }),
);

test("release with scan is sent only when the rules let it pass, else held where they say", async () => {
  const scan = async (verdict: object, scan: string) => {
    const server = await startTestServer({ verdict });
    const { localGuid } = server.hold({});
    await server.act(order("release", localGuid, { scan, deletedfolder: "Deleted" }));
    const result = [server.departures.length, effects(server).map(([effect]) => effect)];
    const where = Object.keys(server.store.stats().held);
    await server.stop();
    return [...result, where];
  };
  const virus = { action: "hold", folder: "Virus" };
  expect(await scan({}, "t")).toEqual([1, ["released"], ["Deleted"]]);
  expect(await scan(virus, "t")).toEqual([0, ["held"], ["Virus"]]);
  expect(await scan(virus, "f")).toEqual([1, ["released"], ["Deleted"]]);
});

test("forward sends a new mail with the original attached unchanged", () =>
  withServer({}, async (server) => {
    const raw = "Subject: =?UTF-8?B?w7w=?=\r\nContent-Type: text/plain\r\n\r\n.\r\nvery odd\tlines \r\n";
    const { localGuid } = server.hold({ raw, subject: "ü" });
    const fields = {
      to: "soc@example.com, team@example.org",
      subject: "Please look:",
      appendoldsubject: "t",
      comment: "Is this ours?",
      from: "pps@example.net",
      headerfrom: "Mail Team <team@example.net>",
    };
    await server.act(order("forward", localGuid, fields));
    const [departure] = server.departures;
    expect(departure?.cause).toBe("forwarded");
    expect(departure?.envelope).toEqual({ from: "pps@example.net", to: ["soc@example.com", "team@example.org"] });
    expect(departure?.raw.includes(raw)).toBe(true);
    const mail = await PostalMime.parse(departure?.raw ?? "", { forceRfc822Attachments: true });
    expect(mail.subject).toBe("Please look: ü");
    expect(mail.from).toMatchObject({ name: "Mail Team", address: "team@example.net" });
    expect(mail.text?.trim()).toBe("Is this ours?");
    expect(mail.attachments.map(({ mimeType }) => mimeType)).toEqual(["message/rfc822"]);
    expect(await server.records()).toHaveLength(1);
    expect(server.store.journal()[0]).toMatchObject({ effect: "forwarded", recipients: fields.to.split(", ") });
  }));

test("forward says what it is without subject, comment or sender", () =>
  withServer({}, async (server) => {
    const { localGuid } = server.hold({ subject: "Offer" });
    await server.act(order("forward", localGuid, { to: "soc@example.com", appendoldsubject: "t", comment: null }));
    const mail = await PostalMime.parse(server.departures[0]?.raw ?? "", { forceRfc822Attachments: true });
    expect(mail.subject).toBe("Fwd: Offer");
    expect(mail.attachments).toHaveLength(1);
  }));

test("resubmit takes the message out and through the filters, with the same or another guid", async () => {
  const resubmit = async (quirk: string, verdict: object) => {
    const server = await startTestServer({ quirks: { "resubmitted-guid": quirk }, verdict });
    const { localGuid, guid } = server.hold({});
    await server.act(order("resubmit", localGuid));
    const found = { ...server.store.stats().held, sent: server.departures.length };
    const records = await server.records({ folder: "Phish" });
    await server.stop();
    return [found, records.map((record) => record.guid === guid)];
  };
  const phish = { action: "hold", folder: "Phish" };
  expect(await resubmit("same", {})).toEqual([{ sent: 1 }, []]);
  expect(await resubmit("same", phish)).toEqual([{ Phish: 1, sent: 0 }, [true]]);
  expect(await resubmit("new", phish)).toEqual([{ Phish: 1, sent: 0 }, [false]]);
});

test("move changes the folder and on premises the id, so that the old one is unknown", () =>
  withServer({ profile: "onprem" }, async (server) => {
    const { localGuid } = server.hold({});
    expect(await (await server.act(order("move", localGuid, { targetfolder: "Phish" }))).json()).toHaveProperty(
      "status",
    );
    const [moved] = await server.records({ folder: "Phish" });
    expect(moved?.localguid).not.toBe(localGuid);
    expect((await server.act(order("delete", localGuid, { folder: "Phish" }))).status).toBe(404);
    expect((await server.act(order("delete", moved?.localguid as string, { folder: "Phish" }))).status).toBe(200);
  }));

test.each([
  ["three-part", "same"],
  ["guid", "same"],
  ["guid", "new"],
  ["opaque", "new"],
])("with localguid %s and after a move %s the id in the record is the one that works", (form, after) =>
  withServer({ quirks: { localguid: form, "localguid-after-move": after } }, async (server) => {
    const { localGuid, guid } = server.hold({});
    expect(localGuid === guid).toBe(form === "guid");
    expect(localGuid).not.toContain(",");
    await server.act(order("move", localGuid, { targetfolder: "Phish" }));
    const [moved] = await server.records({ folder: "Phish" });
    expect(moved?.localguid === localGuid).toBe(after === "same");
    expect((await server.act(order("delete", moved?.localguid as string, { folder: "Phish" }))).status).toBe(200);
    expect(server.store.stats().held).toEqual({});
  }),
);

test("delete puts the message into deletedfolder, or away for good", () =>
  withServer({}, async (server) => {
    const [one, two] = [server.hold({}), server.hold({})];
    await server.act(order("delete", one.localGuid, { deletedfolder: "Deleted" }));
    await server.act(order("delete", two.localGuid));
    expect(server.store.stats().held).toEqual({ Deleted: 1 });
    expect((await server.get("/quarantine", { guid: one.guid })).status).toBe(200);
    expect((await server.get("/quarantine", { guid: two.guid })).status).toBe(404);
    expect(effects(server)).toEqual([
      ["deleted", one.localGuid, "Deleted"],
      ["deleted", two.localGuid, undefined],
    ]);
  }));

test("one message in two folders is acted upon only where the request says", () =>
  withServer({ profile: "pod", quirks: { "moved-effect": "at-once" } }, async (server) => {
    const { guid } = server.hold({});
    server.hold({ guid, folder: "Phish" });
    expect((await server.act(order("delete", guid, { folder: "Phish" }))).status).toBe(200);
    expect(server.store.stats().held).toEqual({ Quarantine: 1 });
  }));

test.each([
  ["404", 404],
  ["400", 400],
  ["500", 500],
  ["accepted", 200],
])("with gone-id %s an action on an unknown id answers %i", (quirk, status) =>
  withServer({ quirks: { "gone-id": quirk } }, async (server) => {
    expect((await server.act(order("delete", "9:9:9"))).status).toBe(status);
    expect(server.store.journal()).toEqual([]);
  }),
);

test.each([
  ["all-refused", 404, []],
  ["good-ones-done", 404, [0, 2]],
  ["first-part-done", 404, [0]],
  ["skipped", 200, [0, 2]],
])("with batch-bad-id %s a list with one bad id answers %i and does %j", (quirk, status, done) =>
  withServer({ quirks: { "batch-bad-id": quirk } }, async (server) => {
    const ids = [server.hold({}).localGuid, "9:9:9", server.hold({}).localGuid];
    expect((await server.act(order("delete", ids.join(",")))).status).toBe(status);
    expect(effects(server).map(([, localGuid]) => ids.indexOf(localGuid as string))).toEqual(done);
  }),
);

test("a list longer than the longest is refused, one as long is not", () =>
  withServer({ quirks: { "longest-batch": "100" } }, async (server) => {
    const ids = Array.from({ length: 101 }, () => server.hold({}).localGuid);
    expect((await server.act(order("delete", ids.join(",")))).status).toBe(400);
    expect((await server.act(order("delete", ids.slice(1).join(",")))).status).toBe(200);
    expect(server.store.stats().held).toEqual({ Quarantine: 1 });
  }));

test("an id given twice in one list counts once", () =>
  withServer({}, async (server) => {
    const { localGuid } = server.hold({});
    await server.act(order("release", `${localGuid},${localGuid}`));
    expect(server.departures).toHaveLength(1);
  }));

test("folder names may have to be spelled exactly", () =>
  withServer({ quirks: { "action-folder-case": "exact" } }, async (server) => {
    const { localGuid } = server.hold({});
    expect((await server.act(order("delete", localGuid, { folder: "quarantine" }))).status).toBe(400);
    expect((await server.act(order("move", localGuid, { targetfolder: "phish" }))).status).toBe(400);
    expect((await server.act(order("move", localGuid, { targetfolder: "Phish" }))).status).toBe(200);
  }));

test("mail that cannot be sent is answered with an error, and nothing is journalled or moved", () =>
  withServer({ isRelayDown: true }, async (server) => {
    const { localGuid } = server.hold({});
    const answer = await server.act(order("release", localGuid, { deletedfolder: "Deleted" }));
    expect(answer.status).toBe(500);
    expect(server.store.journal()).toEqual([]);
    expect(server.store.stats().held).toEqual({ Quarantine: 1 });
    expect(server.reports[0]).toContain("the relay is down");
  }));

test.each([
  ["200", "json", 200, /^\{"status":".*"\}$/],
  ["202", "text", 202, /1:1:1/],
  ["202", "nearly-json", 202, /^\{status: '/],
  ["200", "empty", 200, /^$/],
  ["204", "json", 204, /^$/],
])("with status %s and body %s both families of actions answer %i", (status, body, expected, text) =>
  withServer(
    { quirks: { "queued-status": status, "queued-body": body, "moved-status": status, "moved-body": body } },
    async (server) => {
      const { localGuid } = server.hold({});
      for (const action of ["release", "delete"]) {
        const answer = await server.act(order(action, localGuid));
        expect(answer.status).toBe(expected);
        expect(await answer.text()).toMatch(text);
      }
    },
  ),
);
