import { respondFalsePositive } from "../../src/commands/respond/false-positive/false-positive.ts";
import type { ResponseItem } from "../../src/commands/respond/response-item.ts";
import { defaultFolders } from "../../src/commands/site-folders.ts";
import type { RunContext } from "../../src/core/command.ts";
import type { Ask, Json } from "../../src/core/steps.ts";
import { execute } from "./execute.ts";
import type { Fate, Held, MailSystem } from "./mail-system.ts";

export const now = Date.UTC(2026, 2, 4, 12);
export const time = now - 86_400_000;
export const guid = "Qm4rT7_yJ2wLx0Zc9VbN-pEa5sKdHu3f";
export const sender = "billing@shop.example";

export const mail: Held = { guid, localguid: "4:12:88", folder: "Bulk", time, from: sender };

export function traced(record: Record<string, Json> = {}) {
  const usual = { GUID: guid, Sender: sender, Quarantine_Folder: "Bulk", current_folder: "Bulk" };
  return { time, record: { ...usual, Final_Rule: "spam.bulk", Final_Action: "discard", ...record } };
}

export function respond(system: MailSystem, raw: Record<string, unknown> = {}, given: Partial<RunContext> = {}) {
  const context = { now, folders: defaultFolders, ...given };
  const summary = execute(respondFalsePositive, "localGuid" in raw ? raw : { guid, ...raw }, system, context);
  return { outcomes: system.items as ResponseItem[], ...summary };
}

export const isRaw = ({ path, query = [] }: Ask) => path === "/quarantine" && query.some(([name]) => name === "guid");
export const isTrace = ({ path }: Ask) => path === "/pss/filter";
export const isAction = ({ method }: Ask) => method === "POST";

/** A host that has one end user, and a cloud API with empty lists unless told otherwise. */
export function elsewhere(entries: Json[] = []): (request: Ask) => Fate {
  const safelists: Record<string, Json[]> = {};
  return ({ path, service, method, body }) => {
    if (service === "threat-protection") return { text: method === "GET" ? JSON.stringify({ entries }) : "" };
    if (!path.startsWith("/enduser/")) return undefined;
    if (method === "PUT") safelists[path] = [body?.safelist as Json];
    return {
      text: JSON.stringify({
        email: decodeURIComponent(path.slice(9)),
        uid: "u",
        safelist: safelists[path] ?? [],
        blocklist: [],
      }),
    };
  };
}

export const cloud = { threatProtection: { clusterId: "lab", missing: [] } };
