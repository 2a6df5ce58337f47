import { afterEach, beforeAll, expect, expectTypeOf, test } from "vitest";
import { type Answering, makeAuthority, startHttps } from "../../test/client/https-server.ts";
import { findCommand, type ListResult, type Message, type MessageOutcome } from "../commands/index.ts";
import type { Command } from "../core/command.ts";
import { ask, found, type Steps, together } from "../core/steps.ts";
import type { Authority } from "../simulator/tls/authority.ts";
import { fileBytes } from "./http/reply.ts";
import type { PpsOptions } from "./options/options.ts";
import { createPps, type Pps } from "./pps.ts";

let authority: Authority;
beforeAll(async () => {
  authority = await makeAuthority();
});

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const now = Date.parse("2026-03-04T05:06:07Z");

async function connect(answer: Answering, options: Partial<PpsOptions> = {}) {
  const server = await startHttps(authority, answer);
  const pps = createPps({
    url: server.url,
    username: "api-admin",
    password: "correct horse",
    ca: authority.cert,
    now: () => now,
    sleep: async () => {},
    ...options,
  });
  closing.push(server.close, pps.close);
  return { pps, server };
}

const record = (index: number) => ({
  guid: `guid-${index}`,
  localguid: `7:7:${index}`,
  folder: "Quarantine",
  date: `2026-03-04 05:0${index}:00`,
  from: "billing@shop.example",
  rcpts: ["ann@example.com"],
  subject: `Message ${index}`,
  size: "100",
  spamscore: "90",
});

const holding =
  (count: number): Answering =>
  (_request, response) => {
    const records = Array.from({ length: count }, (_, index) => record(count - index));
    response.end(JSON.stringify({ count, meta: { limit: 1000 }, records }));
  };

test("a method gives the command's list under its name, beside the summary", async () => {
  const { pps } = await connect(holding(2));
  const result = await pps.quarantine.list({ sender: "*@shop.example", since: "1 hour" });
  expect(result.messages.map(({ guid }) => guid)).toEqual(["guid-2", "guid-1"]);
  expect(result).toMatchObject({ truncated: false });
});

test("a method without required fields may be called without input", async () => {
  const { pps } = await connect(holding(0));
  expect(await pps.system.ping()).toMatchObject({ connected: true });
});

test("input is read by the command's fields before anything is sent", async () => {
  const { pps, server } = await connect(holding(0));
  await expect(pps.quarantine.list({ since: "5 fortnights" })).rejects.toMatchObject({
    code: "bad_input",
    field: "since",
  });
  expect(server.seen).toHaveLength(0);
});

test("a host's own field names stand in messages", async () => {
  const { pps } = await connect(holding(0));
  const list = findCommand("quarantine.list") as Command;
  const run = pps.execute(list, { since: "5 fortnights" }, { nameOf: (field) => `--${field}` });
  await expect(run).rejects.toThrow(/^--since /);
});

test("execute hands items on as they come and returns what stands beside them", async () => {
  const { pps } = await connect(holding(3));
  const batches: unknown[] = [];
  const list = findCommand("quarantine.list") as Command;
  const summary = await pps.execute(list, { sender: "*" }, { found: (items) => void batches.push(...items) });
  expect(batches).toHaveLength(3);
  expect(summary).not.toHaveProperty("messages");
  expect(summary).toMatchObject({ truncated: false });
});

test("a stream gives items one by one and returns the summary", async () => {
  const { pps } = await connect(holding(3));
  const stream = pps.stream("quarantine.list", { sender: "*" });
  const guids: string[] = [];
  let turn = await stream.next();
  while (!turn.done) {
    guids.push(turn.value.guid);
    turn = await stream.next();
  }
  expect(guids).toEqual(["guid-3", "guid-2", "guid-1"]);
  expect(turn.value).toMatchObject({ truncated: false });
});

test("a stream asks for no more than its reader takes", async () => {
  const { pps, server } = await connect(holding(2));
  const folders = ["Quarantine", "Phish", "Bulk", "Virus", "Spam", "Adult", "Audit", "Blocked"];
  for await (const message of pps.stream("quarantine.list", { sender: "*", folder: folders })) {
    expect(message.guid).toBe("guid-2");
    break;
  }
  const askedUntilLeft = server.seen.length;
  await pps.system.ping();
  expect(server.seen.length).toBe(askedUntilLeft + 1);
});

test("a failing command fails its stream", async () => {
  const { pps } = await connect((_request, response) => {
    response.statusCode = 403;
    response.end("no rights");
  });
  const stream = pps.stream("quarantine.list", { sender: "*" });
  await expect(stream.next()).rejects.toMatchObject({ code: "denied", status: 403 });
});

test("a call is cancelled by its signal", async () => {
  const stop = new AbortController();
  const { pps } = await connect(() => stop.abort(new Error("enough")));
  await expect(pps.system.ping({}, { signal: stop.signal })).rejects.toThrow("enough");
});

test("an abort lets a change that has left finish, and begins no other", async () => {
  const stop = new AbortController();
  const { pps, server } = await connect(
    (_request, response) => {
      stop.abort(new Error("enough"));
      setImmediate(() => response.end("{}"));
    },
    { concurrency: 1 },
  );
  const outcomes: string[] = [];
  const changing: Command = {
    ...(findCommand("system.ping") as Command),
    *run(): Steps<object> {
      function* job(): Steps<void> {
        const answer = yield* ask({ method: "POST", path: "/quarantine", effect: "change", expect: "text" });
        yield* found([answer.status]);
      }
      yield* together([job(), job(), job()]);
      return {};
    },
  };
  const run = pps.execute(
    changing,
    {},
    { signal: stop.signal, found: (items) => void outcomes.push(...(items as string[])) },
  );
  await expect(run).rejects.toThrow("enough");
  expect(outcomes).toEqual([200]);
  expect(server.seen).toHaveLength(1);
});

test.each(["read", "change"] as const)(
  "a %s whose password function hangs is cancelled all the same",
  async (effect) => {
    const stop = new AbortController();
    const { pps, server } = await connect(holding(0), {
      password: () => {
        stop.abort(new Error("enough"));
        return new Promise<string>(() => {});
      },
    });
    const asking: Command = {
      ...(findCommand("system.ping") as Command),
      run: () => ask({ method: "POST", path: "/quarantine", effect, expect: "text" }),
    };
    await expect(pps.execute(asking, {}, { signal: stop.signal })).rejects.toThrow("enough");
    expect(server.seen).toHaveLength(0);
  },
);

test("a closed client answers no more calls, and those under way fail", async () => {
  let begun = () => {};
  const started = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const { pps } = await connect(() => begun());
  const call = pps.system.ping();
  await Promise.all([expect(call).rejects.toThrow(/closed/), started.then(() => pps.close())]);
  await expect(pps.system.ping()).rejects.toThrow(/closed/);
});

test("await using closes the client", async () => {
  const { pps } = await connect(holding(0));
  {
    await using client = pps;
    await client.system.ping();
  }
  await expect(pps.system.ping()).rejects.toThrow(/closed/);
});

test("a dry run of a release sends nothing and says what would be sent", async () => {
  const { pps, server } = await connect(holding(1));
  const input = { localGuids: ["7:7:1"], folder: "Quarantine" };
  const result = await pps.quarantine.release(input, { dryRun: true });
  expect(server.seen.filter(({ method }) => method !== "GET")).toEqual([]);
  expect(result.outcomes).toMatchObject([{ outcome: "planned", request: { method: "POST", path: "/quarantine" } }]);
});

test("a command that would change something in a dry run is a fault of ours, and nothing is sent", async () => {
  const { pps, server } = await connect(holding(0));
  const careless: Command = {
    ...(findCommand("system.ping") as Command),
    *run(): Steps<object> {
      return yield* ask({ method: "POST", path: "/quarantine", body: {}, effect: "change", expect: "text" });
    },
  };
  const run = pps.execute(careless, {}, { dryRun: true });
  await expect(run).rejects.toThrow("A dry run would have sent POST /quarantine.");
  expect(server.seen).toHaveLength(0);
});

test("a downloaded message gives its bytes", async () => {
  const raw = Buffer.from("Subject: caf\xe9\r\n\r\nbody\r\n", "latin1");
  const { pps } = await connect((_request, response) => response.end(raw));
  const result = await pps.quarantine.download({ guid: "Qm4rT7_yJ2wLx0Zc9VbN-pEa5sKdHu3f" });
  expect(Buffer.from(fileBytes(result.file))).toEqual(raw);
});

test("a busy PPS is asked again, and said to be busy when it stays so", async () => {
  const statuses = [503, 429, 200];
  const { pps } = await connect((request, response, socket) => {
    response.statusCode = statuses.shift() ?? 503;
    return holding(0)(request, response, socket);
  });
  expect(await pps.system.ping()).toMatchObject({ connected: true });
  await expect(pps.system.ping()).rejects.toMatchObject({ code: "busy", status: 503 });
});

test("no more requests are under way than the client allows", async () => {
  let open = 0;
  let most = 0;
  const { pps } = await connect(
    (request, response, socket) => {
      most = Math.max(most, ++open);
      setImmediate(() => {
        open--;
        holding(0)(request, response, socket);
      });
    },
    { concurrency: 2 },
  );
  await Promise.all(Array.from({ length: 12 }, () => pps.system.ping()));
  expect(most).toBe(2);
});

test("an insecure client says so once", async () => {
  const said: string[] = [];
  const options = { url: "https://pps.example.com", username: "api-admin", password: "correct horse" };
  const pps = createPps({ ...options, insecure: true, onWarning: (sentence) => said.push(sentence) });
  closing.push(pps.close);
  expect(said).toEqual([expect.stringContaining("not checked")]);
});

test("types follow from the catalogue", () => {
  expectTypeOf<Awaited<ReturnType<Pps["quarantine"]["list"]>>>().toEqualTypeOf<{ messages: Message[] } & ListResult>();
  expectTypeOf<Awaited<ReturnType<Pps["quarantine"]["delete"]>>["outcomes"]>().toEqualTypeOf<MessageOutcome[]>();
  expectTypeOf<Parameters<Pps["system"]["ping"]>[0]>().toEqualTypeOf<Record<never, never> | undefined>();
  const call = (pps: Pps) => {
    // @ts-expect-error guid is required
    void pps.quarantine.download({});
    // @ts-expect-error a download needs its input
    void pps.quarantine.download();
    // @ts-expect-error there is no such field
    void pps.quarantine.list({ colour: "red" });
    // @ts-expect-error there is no such command
    void pps.quarantine.paint({});
  };
  expect(call).toBeTypeOf("function");
});
