import { expect, test } from "vitest";
import { openRoom, type Room } from "./runtime-room.ts";

const download = "proofpoint-pps-download-message";

async function holdRaw({ simulator }: Room, body: Buffer): Promise<{ guid: string; raw: Buffer }> {
  const head = "From: a@shop.example\r\nSubject: lottery: you have won a million dollars\r\n\r\n";
  const raw = Buffer.concat([Buffer.from(head), body]);
  const envelope = { from: "a@shop.example", to: ["ann@example.com"] };
  const { guid, verdict } = await simulator.send({ envelope, raw });
  if (verdict.action !== "hold") throw new Error("the filters let it pass");
  return { guid, raw };
}

const lottery = `You have won the lottery: million dollars ${"0".repeat(900)}\r\n`;

test.each([
  ["the host shows the beginning of a saved file", true, 1],
  ["it does not, and only what is small is fetched again to be looked at", false, 2],
])("bytes of every value come through as they are where %s", async (_how, keepsBodyOfSavedFile, requests) => {
  const room = await openRoom();
  const bytes = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256));
  const { guid, raw } = await holdRaw(room, Buffer.concat([Buffer.from(lottery), bytes]));
  const { entries, files, calls } = await room.run(download, { guid }, { keepsBodyOfSavedFile });
  expect(entries).toEqual([
    { Type: 3, ContentsFormat: "text", Contents: `${guid}.eml`, File: `${guid}.eml`, FileID: expect.any(String) },
  ]);
  const [entry] = entries;
  const saved = files.get((entry as { FileID: string }).FileID);
  expect(saved?.subarray(-bytes.length).equals(bytes)).toBe(true);
  expect(saved?.length).toBeGreaterThanOrEqual(raw.length);
  expect(calls).toHaveLength(requests);
  expect(calls[0]?.request.SaveToFile).toBe(true);
});

test("a message of 23 MB goes to a file in one request", async () => {
  const room = await openRoom();
  const { guid, raw } = await holdRaw(room, Buffer.alloc(23_000_000, lottery));
  const { entries, files, calls } = await room.run(download, { guid });
  expect(files.get((entries[0] as { FileID: string }).FileID)?.length).toBeGreaterThanOrEqual(raw.length);
  expect(calls).toHaveLength(1);
});

test("a message that is not there is the released integration's note, and no file", async () => {
  const room = await openRoom();
  const { entries } = await room.run(download, { guid: "g4fsnj_sTLMk9hECaJwmmxwP6lQkr5k7" });
  expect(entries).toMatchObject([{ Type: 1, HumanReadable: "No message found.", Contents: null }]);
});

test("a message that is only shown is not fetched, as nothing here could read it", async () => {
  const room = await openRoom();
  const { guid } = await holdRaw(room, Buffer.from(lottery));
  const { entries, files, calls } = await room.run("proofpoint-pps-message-show", { guid });
  expect(entries).toMatchObject([
    { Type: 1, Contents: { guid, quarantine: [{ guid }], trace: [{ guid }], notes: [] } },
  ]);
  expect(files.size).toBe(0);
  expect(calls.map(({ url }) => new URL(url)).filter((url) => url.pathname.endsWith("/quarantine"))).toSatisfy(
    (urls: URL[]) => urls.every(({ searchParams }) => !searchParams.has("guid")),
  );
});

test.each([403, 500, 503] as const)("a refusal with %i is told in PPS's words, and is no file", async (status) => {
  const room = await openRoom();
  const guid = room.hold();
  room.simulator.faults.add({ kind: "status", status, route: "GET /quarantine" });
  const { entries, errors } = await room.run(download, { guid });
  expect(entries.map(({ Type }) => Type)).toEqual([4]);
  expect(errors).toMatch(new RegExp(`^Error in API call \\[${status}\\] - [A-Z].*\n.+`));
});
