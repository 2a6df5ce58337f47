import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Answering, makeAuthority, startHttp, startProxy } from "../../../test/client/https-server.ts";
import {
  basic,
  behind,
  cutShort,
  document,
  inTurn,
  redirect,
  startFeeds,
  status,
} from "../../../test/feeds/feed-server.ts";
import type { Authority } from "../../simulator/tls/authority.ts";
import type { PpsOptions } from "../options/options.ts";
import { readSettings } from "../options/settings.ts";
import { createFeedSource } from "./feed-source.ts";

let authority: Authority;
const closing: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  authority = await makeAuthority();
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function serve(documents: Record<string, Answering> = {}, by = authority) {
  const server = await startFeeds(by, documents);
  closing.push(server.close);
  return server;
}

/** A source of feeds that waits for nothing. */
function source(options: Partial<PpsOptions> = {}) {
  const waits: number[] = [];
  const feeds = createFeedSource(
    readSettings({
      url: "https://pps.example.com",
      username: "api-admin",
      password: "correct horse",
      ca: authority.cert,
      sleep: async (milliseconds) => {
        waits.push(milliseconds);
      },
      random: () => 0,
      ...options,
    }),
  );
  closing.push(feeds.close);
  const get = (url: string, signal = new AbortController().signal) =>
    feeds.retrieve({ kind: "retrieve", url, accept: "text/plain" }, signal);
  const fail = (url: string) =>
    get(url).then(
      () => undefined,
      (error: unknown) => error as Error & Record<string, unknown>,
    );
  return { get, fail, waits };
}

const basicOptions = { feedUsername: "soc", feedPassword: "open & sesame" };

test("a document comes as it is, asked for with the media types that are wanted and nothing that is for PPS", async () => {
  const { url, seen } = await serve({ "/list": document("a@evil.test\n") });
  expect(await source().get(`${url}/list?key=1`)).toMatchObject({ status: 200, text: "a@evil.test\n" });
  expect(seen).toMatchObject([{ method: "GET", url: "/list?key=1", headers: { accept: "text/plain" } }]);
  expect(seen[0]?.headers.authorization).toBeUndefined();
});

test("a status that is no success is handed on", async () => {
  const { url } = await serve();
  expect(await source().get(`${url}/none`)).toMatchObject({ status: 404 });
});

describe("credentials", () => {
  test.each([
    ["user name and password", basicOptions, basic("soc", "open & sesame")],
    [
      "a password that is asked for each time",
      { feedUsername: "soc", feedPassword: async () => "other" },
      basic("soc", "other"),
    ],
    ["a token", { feedToken: "t0ken-of-feed" }, "Bearer t0ken-of-feed"],
  ])("%s go to the host of the address", async (_name, options, header) => {
    const { url } = await serve({ "/list": behind(header, document("a@evil.test")) });
    expect(await source(options).get(`${url}/list`)).toMatchObject({ status: 200 });
  });

  test("they never follow a redirect to another origin, not even to a host that is allowed", async () => {
    const other = await serve({ "/list": document("a@evil.test") });
    const { url, seen } = await serve({ "/here": redirect("/there"), "/there": redirect(`${other.url}/list`) });
    const options = { ...basicOptions, feedHosts: ["127.0.0.1"] };
    expect(await source(options).get(`${url}/here`)).toMatchObject({ text: "a@evil.test" });
    expect(seen.map(({ headers }) => headers.authorization)).toEqual(Array(2).fill(basic("soc", "open & sesame")));
    expect(other.seen.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  test("in a feed an ordinary word that is the password stays; whatever else repeats it does not", async () => {
    const { url } = await serve({
      "/list": document("evil.test\n"),
      "/error": (_request, response) => response.writeHead(500).end("no such user: evil"),
    });
    const { get } = source({ feedUsername: "soc", feedPassword: "evil", retries: 0 });
    expect((await get(`${url}/list`)).text).toBe("evil.test\n");
    expect((await get(`${url}/error`)).text).toBe("no such user: [secret]");
  });

  test("a token that no header can carry is refused, and not shown", async () => {
    const { url, seen } = await serve();
    const error = await source({ feedToken: "two\nlines" }).fail(`${url}/list`);
    expect(error).toMatchObject({ code: "bad_input", field: "feedToken" });
    expect(error?.message).not.toContain("lines\n");
    expect(seen).toEqual([]);
  });
});

describe("addresses", () => {
  test.each([
    ["http://feeds.example.com/list", /begins with http:\/\//],
    ["ftp://feeds.example.com/list", /begins with https:\/\//],
    ["feeds.example.com/list", /begins with https:\/\//],
    ["file:///etc/passwd", /begins with https:\/\//],
    ["https://soc:hunter2@feeds.example.com/list", /holds a user name or password/],
    ["https://hunter2@feeds.example.com/list", /holds a user name or password/],
  ])("%s is refused before anything is sent", async (url, complaint) => {
    const error = await source().fail(url);
    expect(error).toMatchObject({ code: "bad_input", field: "url", message: expect.stringMatching(complaint) });
    expect(JSON.stringify([error?.message, error?.hint])).not.toContain("hunter2");
  });

  test("plain HTTP is taken to this machine alone", async () => {
    const server = await startHttp(document("a@evil.test"));
    closing.push(server.close);
    expect(await source().get(`${server.url}/list`)).toMatchObject({ text: "a@evil.test" });
  });

  test.each([
    [["feeds.example.com"], "the option feedHosts does not name it"],
    [[], "no host is named in the option feedHosts"],
  ])("where only %j may be asked, another host is not", async (feedHosts, reason) => {
    const { url, seen } = await serve({ "/list": document("a@evil.test") });
    const error = await source({ feedHosts }).fail(`${url}/list`);
    expect(error).toMatchObject({ code: "bad_input", message: `No feed may be fetched from 127.0.0.1: ${reason}.` });
    expect(seen).toEqual([]);
  });
});

describe("redirects", () => {
  test("three are followed, and a fourth is not", async () => {
    const { url, documents } = await serve({
      "/0": redirect("/1", 301),
      "/1": redirect("2", 307),
      "/3": document("a@evil.test"),
    });
    documents["/2"] = redirect(`${url}/3`, 308);
    expect(await source().get(`${url}/0`)).toMatchObject({ text: "a@evil.test" });
    documents["/3"] = redirect("/0");
    expect(await source().fail(`${url}/0?key=hunter2`)).toMatchObject({
      code: "unexpected",
      message: `The feed ${url}/0 leads on more than 3 times.`,
    });
  });

  test.each([
    ["to plain HTTP", "http://127.0.0.1:9/list"],
    ["with a user name", "https://soc:hunter2@127.0.0.1:9/list"],
    ["to nothing that is an address", "https://["],
  ])("none is followed %s", async (_name, location) => {
    const { url } = await serve({ "/list": redirect(location) });
    const error = await source().fail(`${url}/list`);
    expect(error).toMatchObject({ code: "unexpected", status: 302 });
    expect(String(error?.message)).not.toContain("hunter2");
  });

  test("none is followed to a host that is not allowed", async () => {
    const { url } = await serve({ "/list": redirect("https://localhost:9/list") });
    expect(await source({ feedHosts: ["127.0.0.1"] }).fail(`${url}/list`)).toMatchObject({
      message: "No feed may be fetched from localhost: the option feedHosts does not name it.",
    });
  });

  test("a loopback server without TLS leads nowhere", async () => {
    const server = await startHttp(redirect("/other"));
    closing.push(server.close);
    expect(await source().fail(`${server.url}/list`)).toMatchObject({ code: "unexpected", status: 302 });
  });
});

describe("failures", () => {
  test("a server that is busy for a while is asked again when it says", async () => {
    const { url } = await serve({
      "/list": inTurn(
        status(503, { "retry-after": "7" }),
        status(429, { "retry-after": "5" }),
        document("a@evil.test"),
      ),
    });
    const { get, waits } = source();
    expect(await get(`${url}/list`)).toMatchObject({ text: "a@evil.test" });
    expect(waits).toEqual([7000, 5000]);
  });

  test("whoever asks for an hour is not waited for", async () => {
    const { url, seen } = await serve({ "/list": status(503, { "retry-after": "3600" }) });
    expect(await source().get(`${url}/list`)).toMatchObject({ status: 503 });
    expect(seen).toHaveLength(1);
  });

  test("an answer that breaks off is an error that speaks of the feed", async () => {
    const { url, seen } = await serve({ "/list": cutShort("a@evil.test\n") });
    expect(await source().fail(`${url}/list`)).toMatchObject({
      code: "unreachable",
      message: expect.stringMatching(/^The answer of 127\.0\.0\.1:\d+ broke off before its end\.$/),
      hint: expect.stringContaining("feed"),
    });
    expect(seen).toHaveLength(4);
  });

  test("an answer that is too large is an error", async () => {
    const { url } = await serve({ "/list": document("x".repeat(5000)) });
    expect(await source({ maxReplyBytes: 4096 }).fail(`${url}/list`)).toMatchObject({
      message: expect.stringContaining("larger than 4096 bytes"),
    });
  });

  test("a server that never answers is given up", async () => {
    const { url } = await serve({ "/list": () => {} });
    expect(await source({ timeoutMs: 50, retries: 0 }).fail(`${url}/list`)).toMatchObject({ code: "unreachable" });
  });

  test("a certificate of an authority that nobody named is refused, also with insecure", async () => {
    const { url, seen } = await serve({}, await makeAuthority());
    expect(await source({ insecure: true }).fail(`${url}/list`)).toMatchObject({
      code: "unreachable",
      message: expect.stringContaining("an authority that is not trusted here"),
      hint: expect.stringContaining("option ca"),
    });
    expect(seen).toEqual([]);
  });

  test("an abort ends it with its own reason", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const { url } = await serve({ "/list": () => controller.abort(reason) });
    await expect(source().get(`${url}/list`, controller.signal)).rejects.toBe(reason);
  });
});

test("a proxy is used as for PPS, and its password stays out of errors", async () => {
  const { url } = await serve({ "/list": document("a@evil.test") });
  const proxy = await startProxy("ann:pa55word");
  closing.push(proxy.close);
  const through = (password: string) => ({ proxy: proxy.url.replace("//", `//ann:${password}@`) });
  expect(await source(through("pa55word")).get(`${url}/list`)).toMatchObject({ text: "a@evil.test" });
  expect(proxy.tunnels).toHaveLength(1);
  const error = await source(through("wr0ngword")).fail(`${url}/list`);
  expect(error).toMatchObject({ code: "unreachable", message: expect.stringContaining("proxy") });
  expect(JSON.stringify([error?.message, error?.hint, String(error?.cause)])).not.toContain("wr0ngword");
});
