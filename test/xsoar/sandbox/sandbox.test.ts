import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { startSimulator } from "../../../src/simulator/index.ts";
import "../../temporary-directory.ts";
import { isMujsMissing } from "./engine/mujs.ts";
import { type Call, runCommand } from "./sandbox.ts";

// The stand-in of the XSOAR server has to be like the server where the integration relies on it.

const engines = ["node-vm", "js-interpreter", "mujs"] as const;

function run(bundle: string, more: Partial<Call> = {}) {
  return runCommand({ bundle, command: "try", ...more });
}

async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe.each(engines)("in %s", (engine) => {
  const here = test.skipIf(engine === "mujs" && isMujsMissing());

  here("a script finds its command, and its result comes back as JSON carries it", async () => {
    const args = { text: "h\u00e9 \ud83d\ude00 \u2028", list: ["1", "2"], none: null };
    const { returned } = await run("return { Type: 1, command: command, args: args, unit: params.unit };", {
      engine,
      args,
      params: { unit: "7" },
    });
    expect(returned).toEqual({ Type: 1, command: "try", args, unit: "7" });
  });

  here("nothing is there that ES5.1 and the server do not have", async () => {
    const newer = [
      ...[
        "Promise",
        "Symbol",
        "Map",
        "Set",
        "WeakMap",
        "Proxy",
        "Reflect",
        "BigInt",
        "Intl",
        "globalThis",
        "Uint8Array",
      ],
      ...["setTimeout", "console", "require", "process", "Buffer", "URL", "TextEncoder", "fetch", "exchange", "print"],
      ...["Object.assign", "Object.values", "Array.from", "Number.isInteger", "Math.trunc", "[].includes", "[].find"],
      ...["''.startsWith", "''.repeat", "''.padStart", "''.normalize", "/x/.replaceAll", "(1).isInteger"],
    ];
    const types = newer.map((name) => `typeof ${name}`).join(",");
    const { returned } = await run(`return [${types}];`, { engine });
    expect(returned).toEqual(newer.map(() => "undefined"));
  });

  here("what is thrown is told apart from what is returned, and an Error object from a text", async () => {
    expect(await run("throw 'no';", { engine })).toMatchObject({ thrown: "no" });
    const failed = await run("return nothingOfThatName;", { engine });
    expect(failed.thrown).toContain("ReferenceError");
    expect(failed.stack).toBeDefined();
    expect(failed).not.toHaveProperty("returned");
  });

  here("a real call to the gateway blocks the script until it is answered", async () => {
    const simulator = await startSimulator({ seed: "sandbox" });
    onTestFinished(simulator.stop);
    const script = `
      var request = { Method: 'GET', Username: params.credentials.identifier, Password: params.credentials.password };
      var answer = http(params.url + '/rest/v1/quarantine?from=*', request, false, false, true, undefined, 5000);
      return { status: answer.StatusCode, line: answer.Status, type: answer.Headers['Content-Type'], body: answer.Body };`;
    const params = {
      url: simulator.api,
      credentials: { identifier: simulator.username, password: simulator.password },
    };
    const { returned, calls } = await run(script, { engine, params, ca: simulator.ca });
    expect(returned).toMatchObject({ status: 200, line: "200 OK", type: [expect.stringContaining("json")] });
    expect(JSON.parse((returned as { body: string }).body)).toMatchObject({ count: 0 });
    expect(calls).toMatchObject([{ status: 200, request: { Method: "GET" } }]);
    expect(await run(script, { engine, params })).toMatchObject({
      returned: { status: -1, line: expect.stringContaining("x509") },
    });
  });

  here("bytes reach a file unchanged by their handle and by SaveToFile, but not by the text", async () => {
    const bytes = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256));
    const url = await listen(createServer((_request, answer) => answer.end(bytes)));
    const { returned, files } = await run(
      `function get(more) { return http(params.url, more, false, false, false, undefined, 5000); }
      var plain = get({ Method: 'GET' });
      return [saveFile(plain.Bytes), get({ Method: 'GET', SaveToFile: true }).Path, saveFile(plain.Body)];`,
      { engine, params: { url } },
    );
    const saved = (returned as string[]).map((id) => files.get(id));
    expect(saved.map((one) => one?.equals(bytes))).toEqual([true, true, false]);
  });

  here("the clock is the one given, and waiting moves it on", async () => {
    let time = Date.UTC(2026, 2, 4, 12);
    const clock = {
      now: () => time,
      advance(milliseconds: number) {
        time += milliseconds;
      },
    };
    const { returned, waits } = await run(
      "var start = new Date(); wait(90); return [start.toISOString(), new Date() - start, start instanceof Date];",
      { engine, clock },
    );
    expect(returned).toEqual(["2026-03-04T12:00:00.000Z", 90_000, true]);
    expect(waits).toEqual([90]);
  });
});

test("a call without an answer in time, or without a server, has the status -1 and says why", async () => {
  const url = await listen(createServer(() => {}));
  const script = "return http(params.url, { Method: 'GET' }, false, false, false, undefined, 50);";
  expect((await run(script, { params: { url } })).returned).toMatchObject({
    StatusCode: -1,
    Status: expect.stringMatching(/^timeout/),
  });
  expect((await run(script, { params: { url: "http://127.0.0.1:1" } })).returned).toMatchObject({
    StatusCode: -1,
    Status: expect.stringContaining("connection refused"),
  });
});

test("a body cut short has the status -1", async () => {
  const url = await listen(
    createServer((_request, answer) => {
      answer.writeHead(200, { "content-length": "100" });
      answer.write("ten bytes.", () => answer.destroy());
    }),
  );
  const { returned } = await run("return http(params.url, {}, false, false, false, undefined, 5000);", {
    params: { url },
  });
  expect(returned).toMatchObject({ StatusCode: -1 });
});

test("a redirect is followed unless the script says otherwise", async () => {
  const url = await listen(
    createServer((request, answer) => {
      if (request.url === "/there") answer.end("arrived");
      else answer.writeHead(302, { location: "/there" }).end();
    }),
  );
  const { returned } = await run(
    `return [false, true].map(function (stays) {
      var answer = http(params.url, { Method: 'GET' }, false, false, stays, undefined, 5000);
      return [answer.StatusCode, answer.Body];
    });`,
    { params: { url } },
  );
  expect(returned).toEqual([
    [200, "arrived"],
    [302, ""],
  ]);
});

test("only a script that asks for it goes through the server's proxy", async () => {
  const seen: string[] = [];
  const url = await listen(createServer((_request, answer) => answer.end("direct")));
  const proxy = await listen(
    createServer((request, answer) => {
      seen.push(String(request.url));
      answer.end("by proxy");
    }).on("connect", (request, socket) => {
      seen.push(String(request.url));
      socket.end("HTTP/1.1 502 No\r\n\r\n");
    }),
  );
  const { returned } = await run(
    `return [false, true].map(function (useProxy) {
      return http(params.url, { Method: 'GET' }, false, useProxy, false, undefined, 5000).StatusCode;
    });`,
    { params: { url }, proxy },
  );
  expect((returned as number[])[0]).toBe(200);
  expect(seen).toHaveLength(1);
});

test("http used in another way than documented is refused", async () => {
  const wrong = [
    "http('http://127.0.0.1:1', {}, false, false, false)",
    "http('http://127.0.0.1:1', {}, 'true', false, false, undefined, 1)",
    "http('http://127.0.0.1:1', { Headers: { Accept: 'text/html' } }, false, false, false, undefined, 1)",
    "http('http://127.0.0.1:1', { Body: {} }, false, false, false, undefined, 1)",
    "executeCommand('x', {})",
    "httpMultipart('x')",
  ];
  for (const use of wrong) expect(await run(`return ${use};`)).toHaveProperty("thrown");
});

test("the integration's state outlives a script, and credentials of the vault take their place", async () => {
  const params = { credentials: { credentials: { vaultInstanceId: "v", user: "api", password: "from the vault" } } };
  const script = `setIntegrationContext({ count: getIntegrationContext().count + 1 });
    return [params.credentials.identifier, getIntegrationContext(true).version];`;
  const before = await run(script, { params, integrationContext: { count: 1 } });
  expect(before.integrationContext).toEqual({ count: 2 });
  expect(before.returned).toEqual(["api", 2]);
  expect((await run(script, { params, commonServer: "after" })).returned).toEqual([null, 2]);
});

test("log lines are kept with their place", async () => {
  const { logs } = await run("log('a'); logInfo('b'); logDebug('c'); logError('d');");
  expect(logs).toEqual([
    { level: "war-room", text: "a" },
    { level: "info", text: "b" },
    { level: "debug", text: "c" },
    { level: "error", text: "d" },
  ]);
});
