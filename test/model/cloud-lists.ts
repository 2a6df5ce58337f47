import { recogniseName } from "../../src/client/names/recognised-name.ts";
import type { RunContext } from "../../src/core/command.ts";
import { PpsError } from "../../src/core/errors.ts";
import type { BlockingHost } from "../../src/core/run.ts";
import type { Ask, Json, Reply } from "../../src/core/steps.ts";

/** What befalls a request: its answer is lost before or after the effect, it is not sent, or an answer of its own comes. */
export type CloudFate = "lost-before" | "lost-after" | "not-sent" | Partial<Reply> | undefined;

/** An entry in PPS's spelling. */
export type WireEntry = { attribute: string; operator: string; value: string; comment: string };

/** The organisation's lists of pps-api.md 7 in memory. */
export interface CloudLists extends BlockingHost {
  blocklist: WireEntry[];
  safelist: WireEntry[];
  fate: (request: Ask, index: number) => CloudFate;
  /** How the deletion of an absent entry is answered, which is not public. */
  absentStatus: number;
  asked: Ask[];
  items: unknown[];
}

/** A site whose cloud API is set up. */
export const cloudSite: Pick<RunContext, "ownDomains" | "threatProtection"> = {
  ownDomains: ["example.com"],
  threatProtection: { clusterId: "cluster-1", missing: [] },
};

export const wire = (value: string, more: Partial<WireEntry> = {}): WireEntry => ({
  attribute: "$from",
  operator: "equal",
  value,
  comment: "",
  ...more,
});

export function createCloudLists(given: Partial<CloudLists> = {}): CloudLists {
  const lists: CloudLists = {
    blocklist: [],
    safelist: [],
    fate: () => undefined,
    absentStatus: 404,
    asked: [],
    items: [],
    ask(request) {
      lists.asked.push(request);
      const fate = lists.fate(request, lists.asked.length - 1);
      if (fate === "not-sent") throw new PpsError("unreachable", "Nobody listens there.");
      if (fate === "lost-before") throw lost(request);
      if (typeof fate === "object") return { status: 200, headers: {}, text: "", ...fate };
      const reply = answer(lists, request);
      if (fate === "lost-after") throw lost(request);
      return { headers: {}, ...reply };
    },
    found: (items) => {
      lists.items.push(...items);
    },
    progress: () => {},
    pause: () => {},
    inspect: () => {
      throw new Error("nothing to inspect");
    },
    recognise: (names) => names.map(recogniseName),
    retrieve: () => {
      throw new PpsError("unreachable", "There is no such document.");
    },
    agree: () => "unasked",
    ...given,
  };
  return lists;
}

function lost({ effect }: Ask): PpsError {
  return new PpsError("unreachable", "The connection ended before an answer came.", {
    mayHaveHappened: effect !== "read",
  });
}

const error = (status: number, errorMessage: string) => ({ status, text: JSON.stringify({ errorMessage }) });

function answer(lists: CloudLists, { path, body, method }: Ask): { status: number; text: string } {
  const list = path.endsWith("/orgBlockList") ? lists.blocklist : lists.safelist;
  if (method === "GET") return { status: 200, text: JSON.stringify({ entries: list }) };
  const { action, ...entry } = body as { [key: string]: Json } & WireEntry & { action: string };
  const key = ({ attribute, operator, value }: WireEntry) => `${attribute} ${operator} ${value.toLowerCase()}`;
  const at = list.findIndex((other) => key(other) === key(entry));
  if (action === "add") {
    if (at >= 0) return error(400, "error.api.emailprotection.lists.samelist.duplicate.entry");
    list.push(entry);
  } else {
    if (at < 0) return error(lists.absentStatus, "no such entry");
    list.splice(at, 1);
  }
  return { status: 200, text: "" };
}
