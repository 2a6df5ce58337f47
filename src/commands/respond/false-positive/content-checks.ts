import type { MailAuthentication, MailContents } from "../../../core/mail-file.ts";
import { cleanLine } from "../../answers.ts";
import { eachOnce } from "../../each-once.ts";
import { fewNames } from "../../few-names.ts";
import { hostOf } from "../../indicators/link-host.ts";
import { unwrapUrl } from "../../indicators/url-defense.ts";
import { findOwnDomain } from "../../lists/entry/own-domain.ts";
import type { RawMessage } from "../../message/known-message.ts";
import type { Check } from "./check.ts";

/** As long as a host's name can be. */
const longestServer = 253;

const refusing = ["fail", "hardfail", "softfail", "permerror", "policy"];

/** What the raw message shows: how its sender was authenticated, its links and its attachments. */
export function checkContents({ content }: RawMessage, ownDomains: readonly string[]): Check[] {
  if (content === undefined) {
    const detail = "Its authentication, links and attachments were not looked at, as its raw form was not read.";
    return [{ name: "contents", state: "warn", detail }];
  }
  return checkAuthentication(content, ownDomains).concat(tellLinks(content), tellAttachments(content));
}

function checkAuthentication(content: MailContents, ownDomains: readonly string[]): Check[] {
  const { authentication, from } = content;
  if (authentication.length === 0) {
    return [unverified("It carries no authentication results: whether its sender is who it says is not known.")];
  }
  const domain = cleanLine((from[0]?.address ?? "").replace(/^.*@/, ""));
  const judged = [
    judge("spf", authentication, "the sending host"),
    judge("dkim", authentication, "a signature"),
    judge("dmarc", authentication, domain === "" ? "the From domain" : `the From domain ${domain}`),
  ];
  if (isOfGateway(content, ownDomains)) return judged;
  const server = cleanLine(content.authenticationServer).slice(0, longestServer);
  const by = server === "" ? "that do not say whose they are" : `by ${server}`;
  const detail = `It carries authentication results ${by}, which may be the sender's own: nothing verified who sent it.`;
  // What speaks against the sender is told whoever says it.
  return [unverified(detail)].concat(judged.filter(({ state }) => state === "warn"));
}

/** A gateway calls itself by a name of the site, or as it does where it notes that it received the message. */
function isOfGateway({ authenticationServer: server, receivedBy }: MailContents, ownDomains: readonly string[]) {
  if (server === "") return false;
  return server === receivedBy || findOwnDomain(server, ownDomains)?.isBelow === false;
}

function unverified(detail: string): Check {
  return { name: "authentication", state: "warn", detail };
}

/** One good signature is enough for DKIM; of the others there is one verdict. */
function judge(name: string, authentication: readonly MailAuthentication[], what: string): Check {
  const method = name.toUpperCase();
  const verdicts = authentication.filter((verdict) => verdict.method === name);
  const refused = verdicts.filter(({ result }) => refusing.indexOf(result) >= 0)[0];
  const passed = verdicts.filter(({ result }) => result === "pass")[0];
  const bad = name === "dkim" && passed !== undefined ? undefined : refused;
  if (bad !== undefined) return { name, state: "warn", detail: `${method} does not confirm ${what}: ${tell(bad)}.` };
  const told = passed ?? verdicts[0];
  if (told === undefined) return { name, state: "ok", detail: `${method} was not judged.` };
  return { name, state: "ok", detail: `${method}: ${tell(told)}.` };
}

function tell({ result, detail }: MailAuthentication): string {
  return cleanLine(`${result} ${detail}`).replace(/[.;]+$/, "");
}

function tellLinks({ urls }: MailContents): Check {
  const hosts = eachOnce(urls.map((url) => hostOf(unwrapUrl(url)))).filter((host) => host !== "");
  const count = `${urls.length} ${urls.length === 1 ? "link" : "links"}`;
  const to = hosts.length === 0 ? "" : ` to ${fewNames(hosts.map(cleanLine))}`;
  return { name: "links", state: "ok", detail: urls.length === 0 ? "It holds no links." : `It holds ${count}${to}.` };
}

function tellAttachments({ attachments }: MailContents): Check {
  const names = attachments.map(({ name }) => cleanLine(name) || "one without a name");
  const count = `${names.length} ${names.length === 1 ? "attachment" : "attachments"}`;
  const detail = names.length === 0 ? "It has no attachments." : `It has ${count}: ${fewNames(names)}.`;
  return { name: "attachments", state: "ok", detail };
}
