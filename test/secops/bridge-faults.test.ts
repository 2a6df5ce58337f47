import { expect } from "vitest";
import { both, expectFailed, expectUnknown } from "./ends.ts";
import { pythonTest } from "./python.ts";
import { type Answer, replyTo, startReplies } from "./reply-server.ts";

pythonTest.each([400, 401, 403, 404, 405, 413, 415, 429, 503])(
  "status %i says that nothing was begun, so that even a change has failed",
  async (status) => {
    const body = { error: "bad_request", message: "Say\u0007  it\nbetter." };
    const server = await startReplies(
      (_request, response) => response.writeHead(status).end(JSON.stringify(body)) && undefined,
    );
    const where = new URL(server.url).host;
    expectFailed(
      await both({ configuration: server.configuration }),
      `: The action server ${where} answered with status ${status}: Say it better. It was not begun.`,
    );
    expect(server.seen).toHaveLength(2);
  },
);

pythonTest.each([
  ["an error of the server", 500, '{"detail":"Out of order"}', "answered with status 500: Out of order."],
  [
    "an error of a proxy",
    502,
    "<html><h1>Bad gateway</h1></html>",
    /answered with status 502\. |answered with status 502\.$/,
  ],
  ["no content", 204, "", "answered with status 204."],
  ["a page", 200, "<html>Welcome</html>", "sent what is no reply to this request."],
  ["a list", 200, "[]", "sent what is no reply to this request."],
  ["bytes that are no text", 200, Buffer.from([0xff, 0xfe, 0x7b]), "sent what is no reply to this request."],
  ["JSON nested without end", 200, "[".repeat(100_000), "sent what is no reply to this request."],
])("%s is no answer: a read has failed, the outcome of a change is unknown", async (_what, status, body, reason) => {
  const server = await startReplies((_request, response) => response.writeHead(status).end(body) && undefined);
  expectUnknown(await both({ configuration: server.configuration }), reason);
});

const wrong: [string, Answer][] = [
  ["version", (request) => ({ ...replyTo(request), version: 2 })],
  ["request id", (request) => ({ ...replyTo(request), requestId: "00000000-0000-4000-8000-000000000000" })],
  ["state", (request) => ({ ...replyTo(request), state: "in_progress" })],
  ["is_success", (request) => ({ ...replyTo(request), result: "true" })],
  ["message", (request) => ({ ...replyTo(request), message: null })],
];

pythonTest.each(wrong)("a reply with another %s is none of ours", async (_what, answer) => {
  const server = await startReplies(answer);
  expectUnknown(await both({ configuration: server.configuration }), "sent what is no reply to this request.");
});

pythonTest("an answer that was cut off is no reply", async () => {
  const server = await startReplies((request, response) => {
    const body = JSON.stringify(replyTo(request));
    response.writeHead(200, { "content-length": body.length + 10 });
    response.write(body.slice(0, -10), () => response.socket?.end());
  });
  expectUnknown(await both({ configuration: server.configuration }), "sent what is no reply to this request.");
});

pythonTest("an answer of more than 24 MiB is not taken", async () => {
  const server = await startReplies((request) => replyTo(request, { json: ["x".repeat(24 * 2 ** 20)] }));
  expectUnknown(await both({ configuration: server.configuration }), "answered with more than can be taken.");
});

pythonTest("a connection that breaks after sending is not tried again", async () => {
  const server = await startReplies((_request, response) => {
    response.socket?.destroy();
  });
  const ends = await both({ configuration: server.configuration });
  expectUnknown(ends, "broke the connection off before its answer was complete.");
  expect(server.seen).toHaveLength(2);
  expect(new Set(server.requests().map(({ requestId }) => requestId)).size).toBe(2);
});

pythonTest("a redirect is not followed, for the token would go along", async () => {
  const elsewhere = await startReplies();
  const server = await startReplies((_request, response) => {
    response.writeHead(307, { location: `${elsewhere.url}/v1/actions` }).end();
  });
  expectUnknown(await both({ configuration: server.configuration }), "answered with status 307.");
  expect(elsewhere.seen).toHaveLength(0);
});
