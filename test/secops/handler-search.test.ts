import { describe, expect, test } from "vitest";
import { readCsv } from "../../src/core/csv.ts";
import { gateways, openHandlerLab, spam } from "./handler-lab.ts";

interface WireRecord {
  [key: string]: unknown;
}

describe.each(gateways)("on a PPS %s", (_name, options) => {
  test("a search gives PPS's own records and a table of them", async () => {
    const lab = await openHandlerLab(options);
    const [guid] = lab.held({ subject: "Your invoice" });
    const reply = await lab.run("Find Quarantined Messages", { Sender: "billing@shop.example" });
    expect(reply).toMatchObject({
      state: "completed",
      result: true,
      message: "Found 1 quarantined message(s).",
      json: [
        {
          guid,
          folder: "Quarantine",
          from: "billing@shop.example",
          subject: "Your invoice",
          size: 2048,
          spamscore: 90,
          date: "2026-03-04 11:50:00",
        },
      ],
      tables: [{ title: "Quarantined Messages" }],
    });
    const [record] = reply.json as WireRecord[];
    expect(Object.keys(record ?? {})).toEqual(
      expect.arrayContaining(["processingserver", "messageid", "host_ip", "localguid", "rcpts"]),
    );
    expect(Array.isArray(record?.rcpts)).toBe(true);
  });

  test("a search without hits gives an empty list and no error (row 2)", async () => {
    const lab = await openHandlerLab(options);
    const reply = await lab.run("Find Quarantined Messages", { Sender: "nobody@shop.example" });
    expect(reply).toMatchObject({
      state: "completed",
      result: true,
      message: "No quarantined message matches the search.",
      json: [],
    });
    expect(reply.tables).toBeUndefined();
  });

  test("a wrong password is a failure with its cause, in every action that reads (row 1)", async () => {
    const lab = await openHandlerLab(options);
    const config = { Password: "wrong" };
    const calls = [
      ["Ping", {}],
      ["Find Quarantined Messages", {}],
      ["Download Quarantined Message", { "Message GUIDs": "abc" }],
      ["Get Message Trace", {}],
      ["Get Message Details", { "Message GUID": "abc" }],
      ["Get User", { User: "ann@example.com" }],
    ] as const;
    for (const [action, parameters] of calls) {
      const reply = await lab.run(action, parameters, { config });
      expect(reply, action).toMatchObject({ state: "failed", result: false });
      expect(reply.message, action).toMatch(/^Failed to .*: PPS refused the user name or password \(401\)/);
      expect(reply.json, action).toBeUndefined();
    }
    const entities = [{ identifier: "ann@example.com", type: "USERUNIQNAME" }];
    const enriched = await lab.run("Enrich Entities", {}, { config, entities });
    expect(enriched).toMatchObject({ state: "failed", result: false });
  });

  test("a folder that PPS does not know is a failure, and beside another one it is named", async () => {
    const lab = await openHandlerLab({ ...options, quirks: { ...options.quirks, "unknown-folder": "refused" } });
    lab.held({});
    const alone = await lab.run("Find Quarantined Messages", { "Folder Name": "No Such" });
    expect(alone).toMatchObject({ state: "failed", result: false });
    expect(alone.message).toMatch(/^Failed to search the quarantine: .*No Such/);
    const both = await lab.run("Find Quarantined Messages", { "Folder Name": '["Quarantine", "No Such"]' });
    expect(both).toMatchObject({ state: "completed", result: false, truncated: true });
    expect(both.json).toHaveLength(1);
    expect(both.message).toMatch(/No Such/);
  });

  test("a GUID is looked for in all mail of the time, before the limit cuts (row 5)", async () => {
    const lab = await openHandlerLab(options);
    const guids = lab.held(...Array.from({ length: 1200 }, (_, index) => ({ ago: 60 + index })));
    const oldest = guids.at(-1) ?? "";
    const reply = await lab.run("Find Quarantined Messages", { "Message GUID": oldest, "Max Results To Return": "1" });
    expect(reply.json).toMatchObject([{ guid: oldest }]);
    const cut = await lab.run("Find Quarantined Messages", { "Max Results To Return": "1000" });
    expect(cut).toMatchObject({ state: "completed", result: true, truncated: true });
    expect(cut.json).toHaveLength(1000);
    expect(cut.tables?.[0]?.rows).toHaveLength(500);
    expect(cut.message).toMatch(/Cut at the limit of 1000.*The table shows the first 499/);
  });

  test("hostile subjects neither break the table nor are taken for formulas", async () => {
    const lab = await openHandlerLab(options);
    const subjects = ["=cmd|' /C calc'!A0", '+1,"a"', "@SUM(1)", "-2", "a\r\nb,c", "\u202egnp.exe", " =1"];
    lab.held(...subjects.map((subject, index) => ({ subject, ago: 100 + index })));
    const reply = await lab.run("Find Quarantined Messages", {});
    const rows = reply.tables?.[0]?.rows ?? [];
    expect(rows).toHaveLength(subjects.length + 1);
    const read = readCsv(rows.join("\n"), ",").rows;
    expect(new Set(read.map(({ cells }) => cells.length))).toEqual(new Set([8]));
    const shown = read.slice(1).map(({ cells }) => cells[4]);
    expect(shown).toEqual(["'=cmd|' /C calc'!A0", '\'+1,"a"', "'@SUM(1)", "'-2", "a b,c", "gnp.exe", "'=1"]);
  });

  test("DLP text and message status come when asked for, and no record is dropped for them (row 6)", async () => {
    const lab = await openHandlerLab(options);
    lab.held({}, { ago: 700 });
    const reply = await lab.run("Find Quarantined Messages", {
      "Fetch DLP Violation": "Detailed",
      "Fetch Message Status": "true",
    });
    expect(reply.json).toHaveLength(2);
  });

  test.each([
    [{ "Max Results To Return": "1001" }, /Max Results To Return takes a whole number from 1 to 1000/],
    [{ "Max Results To Return": "ten" }, /Max Results To Return takes a whole number/],
    [{ "Time Frame": "Custom" }, /Start Time is missing/],
    [{ "Start Time": "2026-03-04" }, /Start Time is given, but Time Frame is Last Hour/],
    [{ "Time Frame": "Custom", "Start Time": "yesterday" }, /Start Time takes a time in ISO 8601/],
    [
      { "Time Frame": "Custom", "Start Time": "2026-03-04T11:00:00", "End Time": "2026-03-04T10:00:00" },
      /End Time|Start Time/,
    ],
    [{ "Time Frame": "Last Year" }, /Time Frame takes Last Hour/],
    [{ "Fetch Message Status": "perhaps" }, /Fetch Message Status takes true or false/],
    [{ "Sender Domain": "x" }, /does not know the parameter Sender Domain|does not know the parameter "Sender Domain"/],
    [{ Sender: "a*b" }, /Sender takes \*/],
  ])("a parameter that makes no sense is refused by its name: %j", async (parameters, message) => {
    const lab = await openHandlerLab(options);
    const reply = await lab.run("Find Quarantined Messages", parameters);
    expect(reply).toMatchObject({ state: "failed", result: false });
    expect(reply.message).toMatch(message);
    expect(reply.message).toMatch(/^Failed to search the quarantine: /);
  });

  test("a custom time without a zone is UTC, and its end counts", async () => {
    const lab = await openHandlerLab(options);
    const [early, late] = lab.held({ ago: 7200 }, { ago: 3600 });
    const custom = { "Time Frame": "Custom", "Start Time": "2026-03-04 09:59:00" };
    const first = await lab.run("Find Quarantined Messages", { ...custom, "End Time": "2026-03-04T10:30:00" });
    expect(first.json).toMatchObject([{ guid: early }]);
    const both = await lab.run("Find Quarantined Messages", custom);
    expect(both.json).toMatchObject([{ guid: late }, { guid: early }]);
  });

  test("a trace keeps PPS's keys and adds its time in UTC and its recipients as a list", async () => {
    const lab = await openHandlerLab(options);
    await lab.send({ ...spam, to: ["ann@example.com", "bob@example.com"] });
    lab.simulator.clock.advance(20 * 60_000);
    const reply = await lab.run("Get Message Trace", { Sender: "billing@shop.example" });
    expect(reply).toMatchObject({ state: "completed", result: true, tables: [{ title: "Message Trace" }] });
    const [record] = reply.json as WireRecord[];
    expect(record).toMatchObject({ Sender: "billing@shop.example", DateUtc: expect.stringMatching(/Z$/) });
    expect(Array.isArray(record?.RecipientList)).toBe(true);
    expect(record?.Final_Action).toBeTruthy();
    const none = await lab.run("Get Message Trace", { Sender: "nobody@shop.example", "Final Action": "reject" });
    expect(none).toMatchObject({ state: "completed", result: true, json: [] });
    expect(none.message).toMatch(/^No trace record matches the search\./);
  });

  test("details of one message join record, trace, headers and classification", async () => {
    const lab = await openHandlerLab(options);
    await lab.send({ ...spam, headers: "Received: one\r\nReceived: two\r\n" });
    lab.simulator.clock.advance(20 * 60_000);
    const trace = await lab.run("Get Message Trace", {});
    const guid = String((trace.json as WireRecord[])[0]?.GUID);
    const reply = await lab.run("Get Message Details", { "Message GUID": guid });
    expect(reply).toMatchObject({ state: "completed", result: true, tables: [{ title: "Message Trace" }] });
    const details = reply.json as Record<string, WireRecord>;
    expect(details.quarantine).toMatchObject({ guid, from: "billing@shop.example" });
    expect(details.trace).toHaveLength(1);
    expect(details.headers).toMatchObject({ received: expect.arrayContaining(["one", "two"]) });
    expect(details.classification).toMatchObject({ folder: details.quarantine?.folder });
    expect(details.classification?.rule).toBeTruthy();
    const bare = await lab.run("Get Message Details", { "Message GUID": guid, "Include Headers": "false" });
    expect(bare.json).toMatchObject({ guid, headers: null });
    const none = await lab.run("Get Message Details", { "Message GUID": "A".repeat(32) });
    expect(none).toMatchObject({ state: "completed", result: false, json: {} });
    expect(none.message).toMatch(/^Message A{32} was not found\./);
  });

  test("a ping names the server and what the account may use", async () => {
    const lab = await openHandlerLab({
      ...options,
      accounts: [{ username: "reader", password: "reader-password", modules: ["Quarantine"] }],
    });
    const reply = await lab.run("Ping");
    expect(reply).toMatchObject({ state: "completed", result: true });
    expect(reply.json).toBeUndefined();
    expect(reply.message).toMatch(
      /^Successfully connected to the Proofpoint Protection Server through action server \S+\. Optional modules: pss ok, enduser ok, Threat Protection ok\.$/,
    );
    const bare = { Username: "reader", Password: "reader-password", "Client Secret": "" };
    const limited = await lab.run("Ping", {}, { config: bare });
    expect(limited.message).toMatch(/pss no permission, enduser no permission, Threat Protection not configured\.$/);
  });

  test("entities get what is held from and to them, each in its own spelling (row 10)", async () => {
    const lab = await openHandlerLab(options);
    lab.held(
      { from: "Eve@Shop.example", rcpts: ["ann@example.com"] },
      { from: "bob@shop.example", rcpts: ["eve@shop.example"], ago: 900 },
    );
    const entities = [
      { identifier: "eve@shop.example", type: "USERUNIQNAME" },
      { identifier: "shop.example", type: "DOMAIN" },
      { identifier: "quiet.example", type: "HOSTNAME" },
      { identifier: "CORP\\eve", type: "USERUNIQNAME" },
      { identifier: "192.0.2.7", type: "ADDRESS" },
    ];
    const reply = await lab.run("Enrich Entities", { "Max Records Per Entity": "1" }, { entities });
    expect(reply).toMatchObject({ state: "completed", result: true, tables: [{ title: "Enrichment" }] });
    expect(reply.message).toMatch(
      /^Enriched 3 of 5 entities: eve@shop\.example, shop\.example, quiet\.example\. Not enriched: CORP\\eve \(not a mail address\), 192\.0\.2\.7 \(/,
    );
    expect(reply.entities).toMatchObject([
      {
        identifier: "eve@shop.example",
        type: "USERUNIQNAME",
        properties: {
          PPS_quarantined_count: "2",
          PPS_as_sender: "1",
          PPS_as_recipient: "1",
          PPS_last_seen: "2026-03-04T11:50:00Z",
          PPS_folders: "Quarantine",
          PPS_max_spamscore: "90",
        },
      },
      { identifier: "shop.example", properties: { PPS_quarantined_count: "2" } },
      { identifier: "quiet.example", properties: { PPS_quarantined_count: "0", PPS_last_seen: "" } },
    ]);
    expect(reply.json).toMatchObject([
      { Entity: "eve@shop.example", EntityResult: [{ from: "Eve@Shop.example" }] },
      { Entity: "shop.example", EntityResult: [{}] },
      { Entity: "quiet.example", EntityResult: [] },
    ]);
    const none = await lab.run("Enrich Entities");
    expect(none).toMatchObject({ state: "completed", result: true, json: [] });
  });
});
