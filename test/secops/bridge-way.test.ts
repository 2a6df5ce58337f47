import { connect, createServer } from "node:net";
import { expect, onTestFinished } from "vitest";
import { inAmpleTime } from "../ample-time.ts";
import { makeAuthority, open, startHttp } from "../client/https-server.ts";
import { runAction, writing } from "./action-process.ts";
import { both, expectFailed, expectTimedOut, expectUnknown } from "./ends.ts";
import { pythonTest } from "./python.ts";
import { replyTo, settingsFor, startReplies, token } from "./reply-server.ts";

const day = 86_400_000;

pythonTest("a server that is not there is tried twice, and nothing was changed", async () => {
  const gone = await startHttp(() => {});
  await gone.close();
  const configuration = settingsFor(`https://127.0.0.1:${gone.port}`, (await makeAuthority()).cert);
  expectFailed(
    await both({ configuration }),
    `: The action server 127.0.0.1:${gone.port} cannot be reached. Connection refused. Nothing was sent.`,
  );
});

pythonTest("a connection that fails at first is made at the second try, and one request is sent", async () => {
  const server = await startReplies();
  let tries = 0;
  const door = createServer((socket) => {
    tries++;
    if (tries === 1) {
      socket.resetAndDestroy();
      return;
    }
    const onward = connect(server.port, "127.0.0.1");
    for (const end of [socket, onward])
      end.on("error", () => {}).on("close", () => [socket, onward].map((one) => one.destroy()));
    socket.pipe(onward).pipe(socket);
  });
  const { port, close } = await open(door, "https");
  onTestFinished(close);
  const configuration = { ...server.configuration, "Action Server URL": `https://127.0.0.1:${port}` };
  expect(await runAction({ action: writing, configuration })).toMatchObject({ state: "completed" });
  expect(tries).toBe(2);
  expect(server.seen).toHaveLength(1);
});

pythonTest.each([
  [
    "of another authority",
    {},
    "is not to be trusted. self-signed certificate in certificate chain|unable to get local issuer",
  ],
  [
    "for another name",
    { dnsNames: ["elsewhere.example"], ipAddresses: [] },
    "is not to be trusted. IP address mismatch",
  ],
  ["that has run out", { notAfter: Date.now() - day }, "is not to be trusted. certificate has expired"],
])("a certificate %s is refused before anything is sent", async (_what, wishes, reason) => {
  const server = await startReplies(undefined, wishes);
  const other =
    Object.keys(wishes).length === 0 ? settingsFor(server.url, (await makeAuthority()).cert) : server.configuration;
  expectFailed(await both({ configuration: other }), new RegExp(`${reason}.* Nothing was sent\\.$`));
  expect(server.seen).toHaveLength(0);
});

pythonTest("without an authority of its own it trusts those of the machine, which do not know the server", async () => {
  const server = await startReplies();
  const configuration = { ...server.configuration, "Action Server CA Certificate": "" };
  expectFailed(await both({ configuration }), "is not to be trusted.");
});

pythonTest("a server that speaks no TLS is not trusted", async () => {
  const plain = await startHttp(() => {});
  onTestFinished(plain.close);
  expectFailed(
    await both({ configuration: settingsFor(`https://127.0.0.1:${plain.port}`, (await makeAuthority()).cert) }),
    "Nothing was sent.",
  );
  expect(plain.seen).toHaveLength(0);
});

pythonTest.each([
  ["no base64", "not a certificate"],
  ["base64 of nothing useful", Buffer.from("hello").toString("base64")],
  ["base64 of bytes", Buffer.from([0xff, 0xfe]).toString("base64")],
])("an authority that is %s is told as such", async (_what, authority) => {
  const server = await startReplies();
  const configuration = { ...server.configuration, "Action Server CA Certificate": authority };
  expectFailed(
    await both({ configuration }),
    "Action Server CA Certificate is not the base64 of a PEM certificate. Nothing was sent.",
  );
});

pythonTest.each([
  "",
  "127.0.0.1:8443",
  "http://pps-actions.example.com:8443",
  "http://127.0.0.1.evil.example",
  "http://127.evil.example",
  "https://user:word@127.0.0.1:8443",
  "https://127.0.0.1:8443/v1/actions",
  "https://127.0.0.1:8443?x=1",
  "https://127.0.0.1:8443\\@evil.example",
  "https://127.0.0.1:123456",
  "file:///etc/passwd",
])("the address %j is refused", async (url) => {
  const configuration = settingsFor(url, (await makeAuthority()).cert);
  expectFailed(
    await both({ configuration }),
    "Action Server URL must be https://host:port or node:/path/of/the/program. Nothing was sent.",
  );
});

pythonTest.each([
  ["https://127.0.0.1:99999"],
  ["https://a..example"],
  [`https://${"a".repeat(70)}.example`],
  ["https://.example"],
])("the address %s, which nobody can have, is not reached", async (url) => {
  const configuration = settingsFor(url, (await makeAuthority()).cert);
  expectFailed(await both({ configuration }), "cannot be reached.");
});

pythonTest("a sidecar on this machine may speak plain HTTP, and a name may be written in any case", async () => {
  const server = await startHttp(({ body }, response) => response.end(JSON.stringify(replyTo(JSON.parse(body)))));
  onTestFinished(server.close);
  for (const url of [`http://localhost:${server.port}`, ` http://127.0.0.1:${server.port}/ `]) {
    const configuration = { "Action Server URL": url, "Action Server Token": token };
    expect(await runAction({ configuration })).toMatchObject({ state: "completed" });
  }
});

pythonTest.each([
  ["missing", ""],
  ["of two lines", `${token}\nX-Other: 1`],
  ["no ASCII", "tökén-tökén"],
])("a token that is %s is refused and not shown", async (_what, shown) => {
  const server = await startReplies();
  const ends = await both({ configuration: { ...server.configuration, "Action Server Token": shown } });
  expectFailed(ends, "Action Server Token is missing or is no token. Nothing was sent.");
  expect(server.seen).toHaveLength(0);
});

pythonTest("without time left nothing is begun", async () => {
  const server = await startReplies();
  for (const deadline of [Date.now() + 6_900, Date.now() - 1]) {
    const context = { execution_deadline_unix_time_ms: deadline };
    expectTimedOut(
      await both({ configuration: server.configuration, context }),
      "There is no time left for it. Nothing was sent.",
    );
  }
  expect(server.seen).toHaveLength(0);
});

pythonTest(
  "an answer that comes in drops ends with the time there is",
  async () => {
    const server = await startReplies((_request, response) => {
      response.writeHead(200);
      const drops = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(drops));
    });
    const ends = await inAmpleTime(
      [10_000, 25_000],
      (milliseconds) => {
        server.seen.length = 0;
        const context = { execution_deadline_unix_time_ms: Date.now() + milliseconds };
        return both({ configuration: server.configuration, context });
      },
      () => server.seen.length === 2,
    );
    expectUnknown(ends, "gave no complete answer in time.");
    expect(server.seen).toHaveLength(2);
  },
  60_000,
);

pythonTest("a request of more than 1 MiB is not sent", async () => {
  const server = await startReplies();
  const parameters = { Long: "x".repeat(2 ** 20) };
  expectFailed(
    await both({ configuration: server.configuration, parameters }),
    "Its parameters and entities are more than 1 MiB. Nothing was sent.",
  );
  expect(server.seen).toHaveLength(0);
});

pythonTest.each([["CaseMetadata"], ["configuration"]])(
  "a platform that does not answer %s begins nothing",
  async (name) => {
    const server = await startReplies();
    const refusals = { [name]: 500 };
    expectFailed(
      await both({ configuration: server.configuration, refusals }),
      "The platform did not hand over what the action needs.",
    );
    expect(server.seen).toHaveLength(0);
  },
);
