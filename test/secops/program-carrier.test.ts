import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { inAmpleTime } from "../ample-time.ts";
import { startHttp } from "../client/https-server.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { runAction, writing } from "./action-process.ts";
import { both, expectFailed, expectUnknown } from "./ends.ts";
import { pythonTest } from "./python.ts";

/** A program for the bridge to start; it reads all of its standard input first, into `request`. */
function program(body: string): { directory: string; path: string } {
  const directory = temporaryDirectory();
  const path = join(directory, "a program; $(touch x).mjs");
  const reading = `let text = ""; for await (const piece of process.stdin) text += piece; const request = JSON.parse(text);`;
  const answering = `const reply = (more) => ({ version: 1, requestId: request.requestId, server: "test", state: "completed", result: true, message: "Done.", json: [], ...more });`;
  writeFileSync(path, `import { writeFileSync } from "node:fs";\n${reading}\n${answering}\n${body}\n`);
  return { directory, path };
}

pythonTest("a program takes the request by its standard input alone, and its answer is that of a server", async () => {
  const { directory, path } = program(`
    writeFileSync(new URL("seen.json", import.meta.url), JSON.stringify({ request, argv: process.argv.slice(2), env: process.env }));
    process.stdout.write(JSON.stringify(reply({ json: [{ name: "ä".repeat(100_000) }] })));`);
  const end = await runAction({
    action: writing,
    configuration: { "Action Server URL": `node:${path}`, "Action Server Token": "own-token", Password: "pass-word" },
    parameters: { Long: "x".repeat(200_000) },
    env: { PPS_FROM_OUTSIDE: "kept" },
  });
  expect(end).toMatchObject({ code: 0, stderr: "", state: "completed", isSuccess: true, message: "Done." });
  expect(end.json).toEqual([{ name: "ä".repeat(100_000) }]);
  const { request, argv, env } = JSON.parse(readFileSync(join(directory, "seen.json"), "utf8"));
  expect(request).toMatchObject({ version: 1, action: writing.name, config: { Password: "pass-word" } });
  expect(argv).toEqual([]);
  expect(env).toMatchObject({ PPS_FROM_OUTSIDE: "kept" });
  expect(JSON.stringify(env)).not.toMatch(/pass-word|own-token/);
  expect(existsSync(join(end.directory, "x"))).toBe(false);
});

pythonTest.each([
  ["says nothing", "", "sent what is no reply to this request."],
  ["says something else", `console.log("hello");`, "sent what is no reply to this request."],
  ["answers and fails", `console.log(JSON.stringify(reply({}))); process.exitCode = 1;`, "ended with code 1: Done."],
  ["throws", `throw new Error("a secret");`, "ended with code 1."],
  ["is ended by a signal", `process.kill(process.pid, "SIGKILL"); setInterval(() => {}, 1000);`, "ended with code -9."],
  ["says too much", `process.stdout.write("x".repeat(25 * 2 ** 20));`, "answered with more than can be taken."],
])("a program that %s leaves the outcome of a change unknown", async (_what, body, reason) => {
  const ends = await both({ configuration: { "Action Server URL": `node:${program(body).path}` } });
  expectUnknown(ends, reason);
  expect(ends.write.message).not.toContain("a secret");
});

pythonTest("a program that ends with code 2 did not begin", async () => {
  const body = `console.log(JSON.stringify({ error: "bad_request", message: "No action." })); process.exitCode = 2;`;
  const ends = await both({ configuration: { "Action Server URL": `node:${program(body).path}` } });
  expectFailed(ends, "ended with code 2: No action. It was not begun.");
});

pythonTest(
  "a program that does not come to an end is ended with the time there is",
  async () => {
    const { directory, path } = program(`
    writeFileSync(new URL("process-" + process.pid, import.meta.url), "");
    setInterval(() => process.stdout.write(" "), 20);`);
    const ids = () => readdirSync(directory).flatMap((name) => /^process-(\d+)$/.exec(name)?.[1] ?? []);
    const ends = await inAmpleTime(
      [10_000, 25_000],
      (milliseconds) => {
        const context = { execution_deadline_unix_time_ms: Date.now() + milliseconds };
        return both({ configuration: { "Action Server URL": `node:${path}` }, context });
      },
      () => ids().length >= 2,
    );
    expectUnknown(ends, "gave no complete answer in time.");
    expect(ids().length).toBeGreaterThanOrEqual(2);
    for (const id of ids()) expect(() => process.kill(Number(id), 0)).toThrow("ESRCH");
  },
  60_000,
);

pythonTest("a platform that ends the run ends the program too", async () => {
  const started = Promise.withResolvers<number>();
  // It is never answered, so that the program waits.
  const server = await startHttp(({ body }) => started.resolve(Number(body)));
  onTestFinished(server.close);
  const { path } = program(
    `await fetch(${JSON.stringify(server.url)}, { method: "POST", body: String(process.pid) });`,
  );
  let bridge: { kill(signal: NodeJS.Signals): void } | undefined;
  const run = runAction({
    configuration: { "Action Server URL": `node:${path}` },
    onStart: (process) => {
      bridge = process;
    },
  });
  const id = await started.promise;
  bridge?.kill("SIGTERM");
  expect(await run).toMatchObject({ state: undefined });
  expect(() => process.kill(id, 0)).toThrow("ESRCH");
});

pythonTest.each(["node:", "node:cli.mjs", "node:/nowhere/cli.mjs", "node:/etc", "node:/etc/passwd\u0000.mjs"])(
  "there is no program at %j",
  async (url) => {
    expectFailed(await both({ configuration: { "Action Server URL": url } }), /Nothing was sent\.$/);
  },
);

pythonTest("a machine without Node says so", async () => {
  const { path } = program("");
  const ends = await both({
    configuration: { "Action Server URL": `node:${path}` },
    env: { PATH: temporaryDirectory() },
  });
  expectFailed(ends, "node cannot be started. No such file or directory. Nothing was sent.");
});
