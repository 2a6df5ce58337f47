import type { Context } from "hono";
import type { HeldQuery, TextPattern, Window } from "../store/query.ts";
import { readAddressPattern, readSubjectPattern } from "./match-form.ts";
import { readParameters } from "./parameters.ts";
import type { RouteParts } from "./parts.ts";
import { type RecordWishes, toRecord } from "./quarantine-record.ts";
import { rawMessage } from "./raw-message.ts";
import { formatUtc, readUtc } from "./utc-date.ts";

const parameterNames = [
  "from",
  "rcpt",
  "subject",
  "startdate",
  "enddate",
  "folder",
  "guid",
  "dlpviolation",
  "messagestatus",
  "limit",
] as const;

type Parameters = Partial<Record<(typeof parameterNames)[number], string>>;

const day = 86_400;
const lastSecond = 253_402_300_799;

/** `GET /quarantine`: a search, or with `guid` the raw mail (pps-api.md 2 and 3). */
export function quarantineSearch(parts: RouteParts): (context: Context) => Response {
  const { store, quirks, folders, refusals, random, clock } = parts;
  const queryIds = random.fork("queryid");
  const shuffles = random.fork("shuffle");
  const cap = Number(quirks["search-cap"]);

  return (context) => {
    const parameters = readParameters(context.req.url, parameterNames);
    if (parameters.guid !== undefined && parameters.guid !== "") return rawMessage(parts, parameters.guid);
    const wishes = readWishes(parameters);
    const query = readQuery(parameters);
    const records = query === undefined ? [] : store.search(query).map((message) => toRecord(message, wishes, quirks));
    const matched = query === undefined ? 0 : quirks["count-field"] === "matched" ? store.count(query) : records.length;
    return answer(parameters, records, matched, query?.limit ?? cap);
  };

  /** Undefined when the folder does not exist and the quirks make that an empty answer. */
  function readQuery(parameters: Parameters): HeldQuery | undefined {
    const { from, rcpt, subject } = parameters;
    if (!from && !rcpt && !subject) throw refusals.make("no-criterion");
    const sender = pattern("from", from, readAddressPattern);
    const recipient = pattern("rcpt", rcpt, readAddressPattern);
    const ofSubject = pattern("subject", subject, readSubjectPattern);
    const window = readWindow(parameters);
    const limit = readLimit(parameters);
    const folder = folders.find(parameters.folder || "Quarantine");
    if (folder === undefined) {
      if (quirks["unknown-folder"] === "empty") return undefined;
      throw refusals.make("unknown-folder", parameters.folder, 400);
    }
    const shuffle = quirks["order-within-second"] === "shuffled" ? shuffles.integer(1_000_000) : undefined;
    return { folder: folder.name, window, sender, recipient, subject: ofSubject, limit, shuffle };
  }

  function pattern(name: string, text: string | undefined, read: typeof readAddressPattern): TextPattern {
    if (!text) return "any";
    const found = read(text, quirks);
    if (found === undefined) throw refusals.make("bad-pattern", name);
    return found;
  }

  /** With one date the other side is open; with none the quirks decide. */
  function readWindow({ startdate, enddate }: Parameters): Window {
    if (!startdate && !enddate) {
      const last = Math.floor(clock.now() / 1000);
      return { first: quirks["no-dates"] === "everything" ? 0 : last - day, last };
    }
    const first = startdate ? date("startdate", startdate) : undefined;
    const last = enddate ? date("enddate", enddate) : undefined;
    if (first !== undefined && last !== undefined && first > last) throw refusals.make("bad-window");
    const edges = quirks["window-edges"];
    return {
      first: (first ?? 0) + (first !== undefined && edges === "exclusive" ? 1 : 0),
      last: (last ?? lastSecond) - (last !== undefined && edges !== "inclusive" ? 1 : 0),
    };
  }

  function date(name: string, text: string): number {
    const seconds = readUtc(text);
    if (seconds === undefined) throw refusals.make("bad-date", name);
    return seconds;
  }

  function readLimit({ limit }: Parameters): number {
    if (!limit) return cap;
    if (!/^[1-9]\d{0,8}$/.test(limit)) throw refusals.make("bad-value", "limit");
    return quirks["limit-parameter"] === "honoured" ? Math.min(cap, Number(limit)) : cap;
  }

  function readWishes({ dlpviolation, messagestatus }: Parameters): RecordWishes {
    if (dlpviolation && dlpviolation !== "t" && dlpviolation !== "details") {
      throw refusals.make("bad-value", "dlpviolation");
    }
    if (messagestatus && messagestatus !== "t") throw refusals.make("bad-value", "messagestatus");
    return {
      dlp: dlpviolation ? (dlpviolation === "details" ? "details" : "basic") : "none",
      hasStatus: messagestatus === "t",
    };
  }

  function answer(parameters: Parameters, records: unknown[], count: number, limit: number): Response {
    if (records.length === 0 && quirks["nothing-found"] === "empty-body") return new Response("", { status: 200 });
    if (records.length === 0 && quirks["nothing-found"] === "bare-array") return Response.json([]);
    if (quirks.envelope === "bare-array") return Response.json(records);
    const body: Record<string, unknown> = { count };
    if (quirks.meta !== "absent") body.meta = meta(parameters, limit);
    if (records.length > 0 || quirks["nothing-found"] !== "no-records") body.records = records;
    return Response.json(body);
  }

  function meta(parameters: Parameters, limit: number): Record<string, unknown> {
    const known = { limit, query_params: parameters, queryid: queryIds.guid() };
    if (quirks.meta === "full") return known;
    return { ...known, node: 3, generated: formatUtc(Math.floor(clock.now() / 1000)), hints: [] };
  }
}
