import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Entry } from "../../src/hosts/xsoar/entries/entry.ts";
import { ann, contextOf as contextOfEntry, type Held, hold, openWarRoom, sender, type WarRoom } from "./war-room.ts";

// What the existing Python integration does wrong with arguments and results (xsoar-platform.md 6), and what its document says twice.

const pps = "proofpoint-pps";
const list = `${pps}-list-quarantined-messages`;

let room: WarRoom;
let held: Held[];

beforeAll(async () => {
  room = await openWarRoom();
  held = await hold(room, 20);
});

afterAll(async () => {
  await room[Symbol.asyncDispose]();
});

function take(): Held {
  return held.shift() as Held;
}

function errorsOf(entries: readonly Entry[]): string[] {
  return entries.flatMap((entry) => (entry.Type === 4 ? [entry.Contents] : []));
}

function shownOf(entries: readonly Entry[]): string {
  const [first] = entries;
  return first?.Type === 1 ? (first.HumanReadable ?? "") : "";
}

/** Values in context, whatever key they stand under. */
function contextOf(entries: readonly Entry[]): Record<string, unknown>[] {
  return entries.flatMap((entry) => Object.values(contextOfEntry(entry)).flat() as Record<string, unknown>[]);
}

async function errorOf(command: string, args: Record<string, unknown>): Promise<string> {
  const { entries, calls } = await room.call(command, args);
  expect(calls).toEqual([]);
  expect(entries).toHaveLength(1);
  return errorsOf(entries)[0] ?? "";
}

test("the list heeds the guid: it gives the message as a file, without sender, recipient or subject", async () => {
  const { guid } = held[0] as Held;
  const { entries, calls } = await room.call(list, { guid });
  expect(entries).toMatchObject([{ Type: 3, File: `${guid}.eml` }]);
  expect(new Set(calls.map(({ url }) => new URL(url).search))).toEqual(new Set([`?guid=${guid}`]));
});

test("modify-user reads the UID it declares, and uid where both are given", async () => {
  await room.call(`${pps}-create-user`, { email: "cara@example.com" });
  const { entries } = await room.call(`${pps}-modify-user`, { UID: "cara@example.com", fields: '{"lastname": "Lee"}' });
  expect(contextOf(entries)).toMatchObject([{ email: "cara@example.com", lastname: "Lee" }]);
  const both = { UID: "nobody@example.com", uid: "cara@example.com", fields: '{"lastname": "Kim"}' };
  expect(contextOf((await room.call(`${pps}-modify-user`, both)).entries)).toMatchObject([{ lastname: "Kim" }]);
});

test("what a user is to be comes as JSON text or as the object a playbook has", async () => {
  await room.call(`${pps}-create-user`, { email: "eve@example.com", fields: { firstname: "Eve" } });
  const { entries } = await room.call(`${pps}-get-user`, { email: "eve@example.com" });
  expect(contextOf(entries)).toMatchObject([{ firstname: "Eve" }]);
  const refused = await errorOf(`${pps}-create-user`, { email: "fay@example.com", fields: "{firstname: Fay}" });
  expect(refused).toMatch(/^fields is no JSON that can be read/);
});

test("a user who was created with 201 is told as created, and a second creation as what it is", async () => {
  await using other = await openWarRoom({ quirks: { "user-created-status": "201", "user-refusal-group": "other" } });
  const { entries } = await other.call(`${pps}-create-user`, { email: "dan@example.com" });
  expect(shownOf(entries)).toContain("### User created");
  const again = await other.call(`${pps}-create-user`, { email: "dan@example.com" });
  expect(again.entries).toMatchObject([{ Type: 1, HumanReadable: "User already exists", EntryContext: {} }]);
});

test("users who are not there are told so, whatever body PPS refuses with", async () => {
  await using other = await openWarRoom({ quirks: { "user-refusal-group": "other" } });
  for (const command of [`${pps}-get-user`, `${pps}-delete-user`]) {
    const { entries } = await other.call(command, { uid: "nobody@example.com" });
    expect(entries).toMatchObject([{ Type: 1, HumanReadable: "User not found", EntryContext: {} }]);
  }
});

test("a change to a user who is not there is an error", async () => {
  const { entries } = await room.call(`${pps}-modify-user`, {
    uid: "nobody@example.com",
    fields: '{"lastname": "Lee"}',
  });
  expect(errorsOf(entries)).toHaveLength(1);
});

test("a user's id is one segment of the path, whatever it holds", async () => {
  const { calls } = await room.call(`${pps}-get-user`, { uid: "a/b?c#d" });
  expect(calls.map(({ url }) => new URL(url).pathname)).toEqual(["/rest/v1/enduser/a%2Fb%3Fc%23d"]);
});

test("the commands over users want an email or a uid, in the released words", async () => {
  for (const command of ["get", "modify", "delete"]) {
    expect(await errorOf(`${pps}-${command}-user`, { email: "" })).toMatch(/^Please specify an email or uid/);
  }
});

test("the list sends the instant that an offset means, in UTC, and relative times counted in UTC", async () => {
  const { calls } = await room.call(list, {
    from: sender,
    start_time: "2026-03-04T08:12:30-05:00",
    end_time: "2026-03-04 14:00",
  });
  const query = new URL(String(calls[0]?.url)).searchParams;
  expect([query.get("startdate"), query.get("enddate")]).toEqual(["2026-03-04 13:12:29", "2026-03-04 14:00:01"]);
  // A second more on both sides, as it is not public whether the edges belong to the window.
  const now = room.simulator.clock.now() + 60_000 - 1000;
  const relative = await room.call(list, { from: sender, start_time: "2 hours" });
  const start = new URL(String(relative.calls[0]?.url)).searchParams.get("startdate");
  expect(start).toBe(new Date(now - 7_200_000).toISOString().slice(0, 19).replace("T", " "));
});

describe("a time that cannot be read is named, and nothing is asked of PPS", () => {
  test.each([
    [list, { from: "*", start_time: "gibberish" }, "Failed parsing start time: gibberish"],
    [list, { from: "*", end_time: "Last24Hours" }, "Failed parsing end time: Last24Hours"],
    [list, { from: "*", start_time: "" }, "Failed parsing start time: "],
    [`${pps}-smart-search`, { end_time: "25/12/2020" }, "Failed parsing end time: 25/12/2020"],
    [`${pps}-smart-search`, { start_time: "2020-02-30" }, "Failed parsing start time: 2020-02-30"],
  ])("%s %j", async (command, args, expected) => {
    expect((await errorOf(command, args)).split("\n")[0]?.startsWith(expected)).toBe(true);
  });

  test("the American form with a month of 1 to 12 is read, and an empty end is no end", async () => {
    const { calls } = await room.call(list, { from: "*", start_time: "01/02/2026", end_time: "" });
    expect(new URL(String(calls[0]?.url)).searchParams.get("startdate")).toBe("2026-01-01 23:59:59");
  });
});

test("a limit that is none is refused in words", async () => {
  expect(await errorOf(`${pps}-smart-search`, { limit: "many" })).toMatch(/^limit takes a whole number/);
});

test.each([
  ["release", "released"],
  ["resubmit", "resubmitted"],
  ["forward", "forwarded"],
])("%s says so, keeps the status in context, and has words of its own where PPS has none", async (action, word) => {
  const args = { folder_name: "Quarantine", to: "soc@example.com" };
  const call = ({ localguid }: Held) => ({
    folder_name: args.folder_name,
    local_guid: localguid,
    ...(action === "forward" ? { to: args.to } : {}),
  });
  const message = take();
  const { entries } = await room.call(`${pps}-${action}-message`, call(message));
  expect(shownOf(entries)).toBe(`Request sent. Message ${message.localguid} will be ${word} momentarily`);
  expect(contextOf(entries)).toMatchObject([{ action, localGuid: message.localguid, outcome: "done", status: 200 }]);

  await using silent = await openWarRoom({ quirks: { "queued-status": "204", "queued-body": "empty" } });
  const [other] = await hold(silent, 1);
  const quiet = await silent.call(`${pps}-${action}-message`, call(other as Held));
  expect(shownOf(quiet.entries)).toBe(`Request sent. Message ${other?.localguid} will be ${word} momentarily`);
  expect(contextOf(quiet.entries)).toMatchObject([{ status: 204 }]);
});

test.each([
  ["204", "empty"],
  ["200", "text"],
  ["200", "empty"],
])("move and delete are done when PPS answers %s, %s", async (status, body) => {
  await using other = await openWarRoom({ quirks: { "moved-status": status, "moved-body": body } });
  const [one, two] = await hold(other, 2);
  const at = (message?: Held) => ({ folder_name: "Quarantine", local_guid: message?.localguid });
  const moved = await other.call(`${pps}-move-message`, { ...at(one), target_folder: "Audit" });
  const deleted = await other.call(`${pps}-delete-message`, at(two));
  expect([...errorsOf(moved.entries), ...errorsOf(deleted.entries)]).toEqual([]);
  expect(contextOf([...moved.entries, ...deleted.entries]).map(({ outcome }) => outcome)).toEqual(["done", "done"]);
  if (body === "empty") {
    expect(shownOf(moved.entries)).toBe(`Successfully moved message ${one?.localguid}`);
    expect(shownOf(deleted.entries)).toBe(`Successfully deleted message ${two?.localguid}`);
  }
});

test.each([
  ["a comma list", (ids: string[]) => ids.join(", ")],
  ["a list", (ids: string[]) => ids],
])(
  "of several local ids as %s each is a request: a line for what was done, an error for what was not",
  async (_, write) => {
    const [one, two] = [take(), take()];
    const ids = [one.localguid, "9:9:9", two.localguid];
    const { entries, calls } = await room.call(`${pps}-delete-message`, {
      folder_name: "Quarantine",
      local_guid: write(ids),
    });
    const sent = calls.filter(({ request }) => request.Method === "POST");
    expect(sent.map(({ request }) => JSON.parse(request.Body ?? "").localguid)).toEqual(ids);
    expect(shownOf(entries).split("\n")).toHaveLength(2);
    expect(errorsOf(entries)).toHaveLength(1);
    expect(errorsOf(entries)[0]).toContain("9:9:9");
    expect(contextOf(entries).map(({ localGuid, outcome }) => [localGuid, outcome])).toEqual(
      expect.arrayContaining([
        [one.localguid, "done"],
        ["9:9:9", "not_found"],
        [two.localguid, "done"],
      ]),
    );
  },
);

test("a folder that fails does not lose the others, doubles count once, and the raw answer is one for each folder", async () => {
  const single = await room.call(list, { from: sender, folder_name: "Quarantine" });
  const count = contextOf(single.entries).length;
  expect(single.entries[0]?.Contents).toMatchObject({ count });
  const folders = '["Quarantine", "quarantine", "Nowhere"]';
  const { entries } = await room.call(list, { from: sender, folder_name: folders });
  expect(count).toBeGreaterThan(0);
  expect(contextOf(entries)).toHaveLength(count);
  expect(errorsOf(entries)).toHaveLength(1);
  expect(errorsOf(entries)[0]).toContain("Nowhere");
  expect(entries[0]?.Contents).toMatchObject([{ count }, { count: 0, records: [] }]);
});

test("the seed's folder name is taken to the letter, the released command's as a list too", async () => {
  const literal = await room.call(list, { from: "*", folder_name: "Phish,Audit" });
  expect(literal.calls.map(({ url }) => new URL(url).searchParams.get("folder"))).toEqual(["Phish,Audit"]);
  const several = await room.call(`${pps}-quarantine-messages-list`, { sender: "*", folder_name: "Phish, Audit" });
  expect(several.calls.map(({ url }) => new URL(url).searchParams.get("folder"))).toEqual(["Phish", "Audit"]);
  for (const command of [list, `${pps}-quarantine-messages-list`]) {
    const args = { from: "*", sender: "*", folder_name: ["Phish", "Audit"] };
    const { calls } = await room.call(command, args);
    expect(calls.map(({ url }) => new URL(url).searchParams.get("folder"))).toEqual(["Phish", "Audit"]);
  }
});

test("what DLP rules matched is never asked for unasked", async () => {
  const { calls } = await room.call(list, { from: "*" });
  expect(calls.map(({ url }) => new URL(url).searchParams.has("dlpviolation"))).toEqual([false]);
});

test("more than PPS's cap is found, and what a limit cuts is told", async () => {
  await using other = await openWarRoom({ quirks: { "search-cap": "20" } });
  const all = await hold(other, 45);
  expect(all).toHaveLength(45);
  const { entries } = await other.call(`${pps}-smart-search`, { limit: "2" });
  expect(contextOf(entries)).toHaveLength(2);
  expect(entries[1]).toMatchObject({ Type: 1, HumanReadable: "Cut at the limit of 2; older records match too." });
});

test.each(["True", "TRUE", true])("the flag %j means yes", async (scan) => {
  const { localguid } = held[0] as Held;
  const { calls } = await room.call(`${pps}-release-message`, { folder_name: "Audit", local_guid: localguid, scan });
  const [sent] = calls.filter(({ request }) => request.Method === "POST");
  expect(JSON.parse(sent?.request.Body ?? "")).toMatchObject({ action: "release", scan: "t" });
});

test("a file's name holds no way out of its folder", async () => {
  const { entries } = await room.call(`${pps}-download-message`, { guid: "g/../x" });
  expect(entries).toMatchObject([{ Type: 1, HumanReadable: "No message found." }]);
});

test("an entry is taken off a list only when it is the whole of it", async () => {
  const blocked = "proofpoint-add-to-blocked-senders-list";
  await room.call(blocked, { email: "billing@evil.test", user: ann });
  const { entries } = await room.call("proofpoint-remove-from-blocked-senders-list", {
    email: "ing@evil.test",
    user: ann,
  });
  expect(errorsOf(entries)).toEqual(["Email is not in Blocked Senders list"]);
  const listed = await room.call(`${pps}-users-blocklist-list`, { user: ann });
  expect(contextOf(listed.entries)).toMatchObject([{ entry: "billing@evil.test" }]);
});

test("nothing found is a sentence and no raw response", async () => {
  const { entries } = await room.call(list, { from: "nobody@example.net" });
  expect(entries).toMatchObject([{ HumanReadable: "No results found.", Contents: null, EntryContext: {} }]);
});

describe("a list without any filter is an error that names the command's own arguments", () => {
  test.each([
    [list, "from, to, subject"],
    [`${pps}-quarantine-messages-list`, "sender, recipient, subject"],
  ])("%s", async (command, names) => {
    const expected = `At least one of the following arguments must be specified: ${names}.`;
    expect(await errorOf(command, { folder_name: "Phish" })).toBe(expected);
  });
});

test("forward without a recipient is refused before anything is sent, under the argument's own name", async () => {
  const at = { folder_name: "Quarantine", local_guid: "4:2:6" };
  expect(await errorOf(`${pps}-forward-message`, at)).toMatch(/^to is missing/);
  expect(await errorOf(`${pps}-quarantine-message-forward`, at)).toMatch(/^recipient is missing/);
});

describe("the download takes the guid its document speaks of, by either name", () => {
  const guid = "g4fsnj_sTLMk9hECaJwmmxwP6lQkr5k7";

  test.each([
    [{ guid }, guid],
    [{ folder_name: guid }, guid],
    [{ guid, folder_name: "HIPAA" }, guid],
    [{ guid, folder_name: guid }, guid],
  ])("%j", async (args, asked) => {
    const { calls } = await room.call(`${pps}-download-message`, args);
    expect(new Set(calls.map(({ url }) => new URL(url).searchParams.get("guid")))).toEqual(new Set([asked]));
  });

  test.each([
    [{}, /^Give the message's global id as guid/],
    [{ folder_name: "HIPAA" }, /^folder_name holds no GUID; give the message's global id as guid/],
    [{ guid, folder_name: "x4fsnj_sTLMk9hECaJwmmxwP6lQkr5k7" }, /two different messages/],
  ])("%j is refused", async (args, expected) => {
    expect(await errorOf(`${pps}-download-message`, args)).toMatch(expected);
  });
});

test("a hostile subject stays one cell of the table", async () => {
  const raw = Buffer.from("From: x@y.example\r\nSubject: a|b `c`\r\n\r\n.\r\n");
  await room.simulator.send({ envelope: { from: "x@y.example", to: [ann] }, raw });
  const { entries } = await room.call(`${pps}-smart-search`, { sender: "x@y.example" });
  const [, , , row = ""] = shownOf(entries).split("\n");
  expect(row).toContain("| a\\|b \\`c\\` |");
});
