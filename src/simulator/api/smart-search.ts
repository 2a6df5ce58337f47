import type { Context } from "hono";
import type { TraceEntryKeys, TraceQuery, Window } from "../store/query.ts";
import type { TraceEntry } from "../store/store.ts";
import { readAddressRule } from "./address-rule.ts";
import { readParameters } from "./parameters.ts";
import type { RouteParts } from "./parts.ts";
import { readSubjectWords } from "./subject-words.ts";
import { formatTraceDate, readTraceTime } from "./trace-date.ts";

const parameterNames = [
  "from",
  "to",
  "env_from",
  "env_rcpt",
  "subject",
  "action",
  "host",
  "ip",
  "attach",
  "virus",
  "guid",
  "qid",
  "sid",
  "hdr_mid",
  "count",
] as const;

type Parameters = Partial<Record<(typeof parameterNames)[number], string>>;
type Test = (keys: TraceEntryKeys) => boolean;

const day = 86_400;
const dispositions = ["accept", "continue", "discard", "redirect", "reject", "retry"];
const lagSeconds = { none: 0, "5-seconds": 5, "5-minutes": 300 } as const;

/** `GET /pss/filter`: Smart Search (pps-api.md 5). */
export function smartSearch({ store, quirks, clock, refusals }: RouteParts): (context: Context) => Response {
  const ceiling = Number(quirks["trace-ceiling"]);

  return (context) => {
    const entries = store.searchTrace(readQuery(readParameters(context.req.url, parameterNames)));
    return entries.length === 0 ? nothing() : Response.json({ result: entries.map(toRecord) });
  };

  function readQuery(parameters: Parameters): TraceQuery {
    const { env_from, env_rcpt, subject, guid, qid, sid, hdr_mid, host, ip, attach, virus } = parameters;
    return {
      window: readWindow(parameters),
      sender: env_from ? readAddressRule(env_from) : "any",
      recipient: env_rcpt ? readAddressRule(env_rcpt) : "any",
      subjectWords: subject ? readSubjectWords(subject) : undefined,
      guid: guid || undefined,
      qid: qid || undefined,
      sid: sid || undefined,
      messageId: hdr_mid ? hdr_mid.replace(/^<|>$/g, "") : undefined,
      peers: [host, ip].filter((peer) => peer !== undefined),
      hasFindings: Boolean(attach || virus),
      limit: readCount(parameters),
      order: quirks["trace-order"],
      isWanted: readTests(parameters),
    };
  }

  /** What is younger than the lag of the index is not found yet. */
  function readWindow({ from, to }: Parameters): Window {
    const now = Math.floor(clock.now() / 1000);
    const indexed = now - lagSeconds[quirks["trace-lag"]];
    const start = quirks["trace-no-start"] === "everything" ? 0 : now - day;
    const first = from ? time("from", from) : start;
    const last = to ? time("to", to) : indexed;
    if (from && to && first > last) throw refusals.make("bad-window");
    return { first, last: Math.min(last, indexed) };
  }

  function time(name: string, text: string): number {
    const seconds = readTraceTime(text);
    if (seconds === undefined) throw refusals.make("bad-date", name);
    return seconds;
  }

  function readCount({ count }: Parameters): number {
    if (!count) return ceiling;
    if (!/^[1-9]\d{0,8}$/.test(count)) throw refusals.make("bad-value", "count");
    return Math.min(ceiling, Number(count));
  }

  function readTests(parameters: Parameters): Test | undefined {
    const { action, host, ip, attach, virus } = parameters;
    const tests: Test[] = [];
    if (action) {
      if (!dispositions.includes(action)) throw refusals.make("bad-value", "action");
      tests.push(({ Final_Action }) => Final_Action === action);
    }
    if (host) tests.push((keys) => isSame(keys.Sender_Host, host) || isSame(keys.Sender_IP_Address, host));
    if (ip) tests.push(({ Sender_IP_Address }) => isSame(Sender_IP_Address, ip));
    if (attach) tests.push(({ Attachment_Names }) => haveCommon(Attachment_Names, attach));
    if (virus) tests.push(({ Virus_Names }) => haveCommon(Virus_Names, virus));
    return tests.length === 0 ? undefined : (keys) => tests.every((test) => test(keys));
  }

  function toRecord({ date, keys }: TraceEntry): TraceEntry["keys"] {
    return { ...keys, Date: formatTraceDate(date, quirks["trace-zone"]) };
  }

  function nothing(): Response {
    switch (quirks["trace-nothing-found"]) {
      case "empty-list":
        return Response.json({ result: [] });
      case "no-key":
        return Response.json({});
      case "empty-body":
        return new Response("", { status: 200 });
    }
  }
}

type Value = string | string[] | undefined;

function isSame(value: Value, wanted: string): boolean {
  return typeof value === "string" && value.toLowerCase() === wanted.toLowerCase();
}

/** Whether two lists separated by commas share a name. */
function haveCommon(value: Value, wanted: string): boolean {
  const names = (text: string) => text.split(",").map((name) => name.trim().toLowerCase());
  const wantedNames = names(wanted);
  return typeof value === "string" && value !== "" && names(value).some((name) => wantedNames.includes(name));
}
