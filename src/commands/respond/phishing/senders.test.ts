import { expect, test } from "vitest";
import type { MailIndicators } from "../../indicators/mail-indicators.ts";
import type { CampaignMessage } from "../../similarity/campaign.ts";
import { chooseSenders, domainsOf } from "./senders.ts";

const seed = (envelopeSender: string, returnPath = "") =>
  ({ envelopeSender, returnPath, headerSenders: ["ceo@partner.example"] }) as MailIndicators;
const mail = (sender: string, strength = "strong") => ({ sender, strength, isTied: true }) as CampaignMessage;

test("the reported sender comes first, then the others by how much they sent", () => {
  const messages = ["a@one.test", "b@two.test", "b@two.test", "x@evil.test"].map((sender) => mail(sender));
  expect(chooseSenders([seed("X@evil.test")], messages, [])).toEqual({
    senders: ["x@evil.test", "b@two.test", "a@one.test"],
    more: 0,
    unseen: [],
    claimed: [],
    untied: [],
  });
});

test("whom a file alone calls its sender is not to be blocked, for its headers may be forged", () => {
  const messages = [mail("a@one.test"), mail("orders@partner.example", "weak")];
  expect(chooseSenders([seed("Orders@partner.example"), seed("a@one.test")], messages, [])).toEqual({
    senders: ["a@one.test"],
    more: 0,
    unseen: [],
    claimed: ["orders@partner.example"],
    untied: [],
  });
});

test("whose mail belongs by its content alone is not blocked, however often it was found", () => {
  const untied = (sender: string) => ({ ...mail(sender), isTied: false });
  const messages = [
    untied("Shop@partner.example"),
    mail("x@evil.test"),
    untied("shop@partner.example"),
    untied("x@evil.test"),
  ];
  const chosen = chooseSenders([seed("x@evil.test")], messages, []);
  expect(chosen).toMatchObject({ senders: ["x@evil.test"], claimed: [], untied: ["shop@partner.example"] });
  const claim = chooseSenders([seed("shop@partner.example")], messages, []);
  expect(claim).toMatchObject({ senders: ["x@evil.test"], claimed: ["shop@partner.example"], untied: [] });
});

test("whom a person names is, and it is told that nothing of him was found", () => {
  const { senders, unseen, claimed } = chooseSenders([seed("x@evil.test")], [], ["x@evil.test"]);
  expect({ senders, unseen, claimed }).toEqual({ senders: ["x@evil.test"], unseen: ["x@evil.test"], claimed: [] });
});

test("of whom only weak matches were found, it is not told that nothing was", () => {
  const messages = [mail("X@evil.test", "weak")];
  const { senders, unseen } = chooseSenders([seed("x@evil.test")], messages, ["x@evil.test"]);
  expect({ senders, unseen }).toEqual({ senders: ["x@evil.test"], unseen: [] });
});

test("whoever only resembles the campaign is not blocked", () => {
  expect(chooseSenders([], [mail("x@evil.test"), mail("shop@partner.example", "weak")], []).senders).toEqual([
    "x@evil.test",
  ]);
});

test("a bounce and a header that shows another's address name nobody", () => {
  expect(chooseSenders([seed("")], [mail(" ")], [])).toEqual({
    senders: [],
    more: 0,
    unseen: [],
    claimed: [],
    untied: [],
  });
  const bounces = [mail("bounce@evil.test")];
  expect(chooseSenders([seed("", "bounce@evil.test")], bounces, []).senders).toEqual(["bounce@evil.test"]);
});

test("ten are blocked at most, and how many more there are is told", () => {
  const messages = Array.from({ length: 14 }, (_, index) => mail(`s${index}@evil.test`));
  const { senders, more } = chooseSenders([seed("x@evil.test")], messages, ["x@evil.test"]);
  expect(senders).toHaveLength(10);
  expect(more).toBe(5);
});

test("a sender named like a property of every object is counted like any other", () => {
  const messages = [mail("__proto__"), mail("constructor"), mail("constructor")];
  expect(chooseSenders([], messages, []).senders).toEqual(["constructor", "__proto__"]);
});

test("domains stand behind the last @, each once", () => {
  expect(domainsOf(["a@evil.test", '"b@c"@evil.test', "d@other.test", "nobody@"])).toEqual(["evil.test", "other.test"]);
});
