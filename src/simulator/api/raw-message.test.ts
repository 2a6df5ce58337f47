import { expect, test } from "vitest";
import { start, withServer } from "../../../test/simulator/api-server.ts";

const now = start / 1000;

test("a guid gives the raw bytes from whatever folder and the rest of the query counts for nothing", () =>
  withServer({ profile: "pod" }, async (server) => {
    const raw = `Subject: x\r\n\r\n${"\0\u00ff binary ".repeat(1000)}`;
    const { guid } = server.hold({ folder: "Phish", raw });
    const answer = await server.get("/quarantine", { guid, folder: "Nowhere", startdate: "never" });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Content-Type")).toBe("application/octet-stream");
    expect(await answer.text()).toBe(raw);
    const lowered = await server.get("/quarantine", { guid: guid.toLowerCase() });
    expect(lowered.status).toBe(404);
  }));

test.each([
  ["text", /\w+/],
  ["html", /<html>/],
  ["empty", /^$/],
])("with raw-absent-body %s an unknown guid is 404", (quirk, body) =>
  withServer({ quirks: { "raw-absent-body": quirk } }, async (server) => {
    const answer = await server.get("/quarantine", { guid: "A".repeat(32) });
    expect(answer.status).toBe(404);
    expect(await answer.text()).toMatch(body);
  }),
);

test("a made-up message is composed when somebody asks for it", () =>
  withServer({}, async (server) => {
    const guid = "-made_up".padEnd(32, "x");
    const message = { guid, folder: "Bulk", receivedAt: now, subject: "hello", messageId: "", from: "a@example.net" };
    const rest = { rcpts: ["b@example.com"], sizeBytes: 10, spamScore: undefined, hostIp: "[192.0.2.1] [192.0.2.1]" };
    server.store.holdSynthetic([{ ...message, ...rest, processingServer: "pps.example.com", dlp: "" }]);
    expect(await (await server.get("/quarantine", { guid })).text()).toContain("made up");
    const [record] = await server.records({ folder: "Bulk" });
    expect(record).toMatchObject({ guid, subject: "hello", spamscore: "" });
  }));
