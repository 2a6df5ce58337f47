import { expect, test } from "vitest";
import { judge, many, pick, report } from "../../../test/model/campaign-scene.ts";

// A phish that carries the page of an honest mailing: what is held of the mailing shows the same page, and is as far as it goes.

const page = "https://www.fair.test/register/visitors";
const seed = report("eve@evil.test", "Quarterly market outlook with seven charts", "192.0.2.7", {
  urls: [page],
  hosts: ["www.fair.test"],
});
const phish = many(
  3,
  () => ({ sender: "eve@evil.test", subject: seed.subject, ip: "192.0.2.7", urls: [page] }),
  "phish",
);

/** Newsletters of which some show the page as well, from a host of their own. */
const invitations = many(
  6,
  (index) => ({
    sender: `news${index % 2}@firm.test`,
    subject: pick([seed.subject, "Where we exhibit this spring"], index),
    ip: "198.51.100.9",
    folder: "Phish",
    urls: [page],
  }),
  "invitation",
);
const others = many(
  4,
  (index) => ({
    sender: `news${index % 2}@firm.test`,
    subject: pick(["Quarterly market outlook, as a book", "Recipes for autumn"], index),
    ip: "198.51.100.9",
    folder: "Phish",
  }),
  "other",
);

test("nothing is learnt of whose mail shows the same page: neither his other mail nor he himself is the campaign's", () => {
  const { messages } = judge(seed, phish, invitations.concat(others), 20);
  const strong = messages.filter(({ strength }) => strength === "strong");
  expect(
    strong
      .filter(({ isTied }) => isTied)
      .map(({ guid }) => guid)
      .sort(),
  ).toEqual(["phish0", "phish1", "phish2"]);
  expect(strong.filter(({ isTied }) => !isTied).length).toBeGreaterThan(0);
  expect(strong.filter(({ guid }) => guid.startsWith("other"))).toEqual([]);
  const honest = messages.filter(({ guid }) => !guid.startsWith("phish"));
  expect(honest.flatMap(({ reasons }) => reasons).filter((reason) => /firm\.test|198\.51/.test(reason))).toEqual([]);
});
