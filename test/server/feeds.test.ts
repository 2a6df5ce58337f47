import { expect, onTestFinished, test } from "vitest";
import type { PpsOptions } from "../../src/client/index.ts";
import { makeAuthority } from "../client/https-server.ts";
import { behind, document, startFeeds } from "../feeds/feed-server.ts";
import { openServerLab, optionsFor } from "./lab.ts";

const feed = "/v1/blocklist/feed";

/** A server that fetches feeds as told, and a server of feeds whose certificate it trusts. */
async function openFeedLab(options: Partial<PpsOptions> = {}) {
  const authority = await makeAuthority();
  const feeds = await startFeeds(authority, { "/list": document("a@evil.test\n") });
  onTestFinished(feeds.close);
  const lab = await openServerLab();
  await lab.server.close();
  const own = optionsFor(lab.simulator);
  const ca = `${own.ca}\n${authority.cert}`;
  await lab.restart({ profiles: [{ name: "lab", options: { ...own, ca, ...options } }] });
  const blocked = () => lab.simulator.organisationLists.entries("block").map(({ value }) => value);
  return { lab, feeds, blocked };
}

test("callers cannot send the server anywhere unless hosts of feeds are named", async () => {
  const { lab, feeds, blocked } = await openFeedLab();
  const answer = await lab.post(feed, { url: `${feeds.url}/list?key=hunter2` });
  expect(answer.status).toBe(400);
  expect(answer.text).toContain("No feed may be fetched from 127.0.0.1: no host is named in the option feedHosts.");
  expect(answer.text).not.toContain("hunter2");
  expect({ asked: feeds.seen, blocked: blocked() }).toEqual({ asked: [], blocked: [] });
});

test("credentials in an address are refused and not written down", async () => {
  const { lab } = await openFeedLab({ feedHosts: ["127.0.0.1"] });
  const answer = await lab.post(feed, { url: "https://soc:hunter2@feeds.example.com/list" });
  expect(answer.status).toBe(400);
  const written = JSON.stringify([answer.text, await lab.audited(), lab.logged]);
  expect(written).toContain("https://***@feeds.example.com/list");
  expect(written).not.toContain("hunter2");
});

test("a feed that is given as text needs no host", async () => {
  const { lab, blocked } = await openFeedLab();
  expect((await lab.post(feed, { file: "a@evil.test\n" })).json()).toMatchObject({ counts: { accepted: 1 } });
  expect(blocked()).toEqual(["a@evil.test"]);
});

test("from a host that is named it is fetched with the server's own credentials, and no key is written down", async () => {
  const { lab, feeds, blocked } = await openFeedLab({ feedHosts: ["127.0.0.1"], feedToken: "t0ken-of-feed" });
  feeds.documents["/list"] = behind("Bearer t0ken-of-feed", document("a@evil.test\n"));
  const answer = await lab.post(feed, { url: `${feeds.url}/list?key=hunter2` });
  expect(answer.json()).toMatchObject({ outcomes: [{ outcome: "accepted", entry: "a@evil.test" }] });
  expect(blocked()).toEqual(["a@evil.test"]);
  const written = JSON.stringify([await lab.audited(), lab.logged]);
  expect(written).toContain(`${feeds.url}/list?***`);
  expect(written).not.toMatch(/hunter2|t0ken-of-feed/);
});

test("a jump is refused, for there is nobody to ask", async () => {
  const { lab, blocked } = await openFeedLab();
  const answer = await lab.post(feed, { file: "a@evil.test\nb@evil.test\n", mostChanges: 1 });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain("The run would change 2 entries; at most 1 ");
  expect(blocked()).toEqual([]);
});
