import { expect, test } from "vitest";
import { PpsError } from "../core/errors.ts";
import { type Ask, ask, type Effect, found, pause, progress, type Reply, type Steps, together } from "../core/steps.ts";
import { drive, type Host } from "./drive.ts";

const request = (path: string, effect: Effect = "read"): Omit<Ask, "kind"> => ({
  method: effect === "read" ? "GET" : "POST",
  path,
  effect,
  expect: "text",
});

const reply = (text: string): Reply => ({ status: 200, headers: {}, text });

function host(wishes: Partial<Host> = {}): Host {
  return {
    ask: async ({ path }) => reply(path),
    found: () => {},
    progress: () => {},
    pause: async () => {},
    inspect: () => Promise.reject(new Error("nothing to inspect")),
    recognise: async (names) => names.map(() => ({})),
    retrieve: () => Promise.reject(new Error("nothing to retrieve")),
    agree: () => "unasked",
    dryRun: false,
    ...wishes,
  };
}

const never = new AbortController().signal;

/** A promise settled from outside, so that a test decides the order of events. */
function gate<T = void>() {
  return Promise.withResolvers<T>();
}

test("a command is handed the answers of its steps and returns its result", async () => {
  const said: unknown[] = [];
  function* steps(): Steps<string> {
    const one = yield* ask(request("/one"));
    yield* progress("half way");
    yield* pause(250);
    yield* found([one.text, "item"]);
    return `done with ${one.text}`;
  }
  const result = await drive(
    steps(),
    host({
      progress: (text) => said.push(text),
      pause: async (milliseconds) => void said.push(milliseconds),
      found: (items) => void said.push(items),
    }),
    never,
  );
  expect(result).toBe("done with /one");
  expect(said).toEqual(["half way", 250, ["/one", "item"]]);
});

test("an error of the host is handed into the command, which may deal with it", async () => {
  function* steps(): Steps<string> {
    try {
      yield* ask(request("/gone"));
      return "no error";
    } catch (error) {
      const other = yield* ask(request("/other"));
      return `${(error as PpsError).code} then ${other.text}`;
    }
  }
  const failing = host({
    ask: async ({ path }) => {
      if (path === "/gone") throw new PpsError("unreachable", "Nothing there.");
      return reply(path);
    },
  });
  expect(await drive(steps(), failing, never)).toBe("unreachable then /other");
});

test("an error the command does not deal with comes out as it is", async () => {
  const error = new PpsError("denied", "No.");
  function* steps(): Steps<void> {
    yield* ask(request("/one"));
  }
  await expect(drive(steps(), host({ ask: () => Promise.reject(error) }), never)).rejects.toBe(error);
});

test("found waits for the consumer before the command goes on", async () => {
  const events: string[] = [];
  const taken = gate();
  function* steps(): Steps<void> {
    yield* found(["first"]);
    yield* ask(request("/next"));
  }
  const work = drive(
    steps(),
    host({
      found: () => taken.promise,
      ask: async ({ path }) => {
        events.push(path);
        return reply("");
      },
    }),
    never,
  );
  await Promise.resolve();
  expect(events).toEqual([]);
  events.push("taken");
  taken.resolve();
  await work;
  expect(events).toEqual(["taken", "/next"]);
});

test("jobs run side by side and their results keep their order", async () => {
  const gates = { "/slow": gate(), "/fast": gate() };
  function* job(path: "/slow" | "/fast"): Steps<string> {
    return (yield* ask(request(path))).text;
  }
  function* steps(): Steps<string[]> {
    return yield* together([job("/slow"), job("/fast")]);
  }
  const begun: string[] = [];
  const work = drive(
    steps(),
    host({
      ask: async ({ path }) => {
        begun.push(path);
        await gates[path as "/slow"].promise;
        return reply(path);
      },
    }),
    never,
  );
  expect(begun).toEqual(["/slow", "/fast"]);
  gates["/fast"].resolve();
  gates["/slow"].resolve();
  expect(await work).toEqual(["/slow", "/fast"]);
});

test("items of jobs side by side are handed on one batch at a time", async () => {
  let open = 0;
  let most = 0;
  function* job(name: string): Steps<void> {
    yield* found([name]);
    yield* found([name]);
  }
  function* steps(): Steps<void> {
    yield* together([job("a"), job("b"), job("c")]);
  }
  await drive(
    steps(),
    host({
      found: async () => {
        most = Math.max(most, ++open);
        await Promise.resolve();
        open--;
      },
    }),
    never,
  );
  expect(most).toBe(1);
});

test("when one job fails, a change under way is let finish and reported, and nothing new is begun", async () => {
  const answered = gate();
  const begun = gate();
  const sent: string[] = [];
  const items: unknown[] = [];
  function* failing(): Steps<void> {
    yield* ask(request("/fail"));
  }
  function* changing(): Steps<void> {
    const done = yield* ask(request("/release", "change"));
    yield* found([done.text]);
    yield* ask(request("/another", "change"));
  }
  function* steps(): Steps<void> {
    yield* together([changing(), failing()]);
  }
  const work = drive(
    steps(),
    host({
      ask: async ({ path }) => {
        sent.push(path);
        if (path === "/fail") {
          await begun.promise;
          throw new PpsError("denied", "No.");
        }
        begun.resolve();
        await answered.promise;
        return reply("released");
      },
      found: (more) => void items.push(...more),
    }),
    never,
  );
  await begun.promise;
  answered.resolve();
  await expect(work).rejects.toMatchObject({ code: "denied" });
  expect(sent).toEqual(["/release", "/fail"]);
  expect(items).toEqual(["released"]);
});

test("when one job fails, its neighbours' reads are cut off, and they do not take its error for their own", async () => {
  const seen: unknown[] = [];
  function* reading(): Steps<void> {
    try {
      yield* ask(request("/slow"));
    } catch (error) {
      seen.push(error);
    }
  }
  function* failing(): Steps<void> {
    yield* ask(request("/fail"));
  }
  function* steps(): Steps<void> {
    yield* together([reading(), failing()]);
  }
  const work = drive(
    steps(),
    host({
      ask: ({ path }, signal) =>
        path === "/fail"
          ? Promise.reject(new PpsError("denied", "No."))
          : new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    }),
    never,
  );
  await expect(work).rejects.toMatchObject({ code: "denied" });
  expect(seen).toEqual([]);
});

test("after an abort a change under way still reports its outcome, good or bad, and nothing new is begun", async () => {
  const stop = new AbortController();
  const sent: string[] = [];
  const items: unknown[] = [];
  function* changing(path: string): Steps<void> {
    let outcome: string;
    try {
      outcome = (yield* ask(request(path, "change"))).text;
    } catch (error) {
      outcome = (error as PpsError).code;
    }
    yield* found([outcome]);
    yield* ask(request("/next"));
  }
  function* steps(): Steps<void> {
    yield* together([changing("/good"), changing("/lost")]);
  }
  const answered = gate();
  const work = drive(
    steps(),
    host({
      ask: async ({ path }) => {
        sent.push(path);
        await answered.promise;
        if (path === "/lost") throw new PpsError("unreachable", "No answer.", { mayHaveHappened: true });
        return reply("done");
      },
      found: (more) => void items.push(...more),
    }),
    stop.signal,
  );
  stop.abort(new Error("enough"));
  answered.resolve();
  await expect(work).rejects.toThrow("enough");
  expect(items.sort()).toEqual(["done", "unreachable"]);
  expect(sent).toEqual(["/good", "/lost"]);
});

test("an abort ends the work with the signal's reason and is not handed to the command", async () => {
  const stop = new AbortController();
  const events: string[] = [];
  function* steps(): Steps<string> {
    try {
      yield* ask(request("/slow"));
    } catch {
      events.push("caught");
    } finally {
      events.push("left");
    }
    return "went on";
  }
  const work = drive(
    steps(),
    host({
      ask: (_request, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason));
          stop.abort(new Error("enough"));
        }),
    }),
    stop.signal,
  );
  await expect(work).rejects.toThrow("enough");
  expect(events).toEqual(["left"]);
});

test("a dry run lets reads through and refuses to send a change", async () => {
  const sent: string[] = [];
  const dry = host({
    dryRun: true,
    ask: async ({ path }) => {
      sent.push(path);
      return reply("");
    },
  });
  function* steps(): Steps<void> {
    yield* ask(request("/look"));
    yield* ask(request("/release", "change"));
  }
  const error = await drive(steps(), dry, never).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toMatchObject({ name: "PpsError" });
  expect(sent).toEqual(["/look"]);
});
