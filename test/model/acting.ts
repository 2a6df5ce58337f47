import type { ActionResult } from "../../src/commands/outcome.ts";
import type { MessageOutcome } from "../../src/commands/quarantine/actions/message-outcome.ts";
import { defaultFolders } from "../../src/commands/site-folders.ts";
import type { Command } from "../../src/core/command.ts";
import type { Ask } from "../../src/core/steps.ts";
import { execute } from "./execute.ts";
import type { Fate, Held, MailSystem } from "./mail-system.ts";

/** The instant at which every action is called. */
export const now = Date.UTC(2026, 2, 4, 12);
const received = now - 3_600_000;

export function held(localguid: string, folder = "Quarantine"): Held {
  return { guid: `g${localguid}`, localguid, folder, time: received, from: "billing@shop.example" };
}

/** A message as a listing prints it, so that looking for it can settle what became of it. */
export function line(localGuid: string, folder = "Quarantine"): string {
  return JSON.stringify({
    guid: `g${localGuid}`,
    localGuid,
    folder,
    sender: "billing@shop.example",
    receivedAt: new Date(received).toISOString(),
  });
}

export function act(command: unknown, system: MailSystem, raw: Record<string, unknown>, dryRun = false) {
  const result = execute(command as Command, raw, system, { now, folders: defaultFolders, dryRun }) as ActionResult;
  return { outcomes: system.items as MessageOutcome[], ...result };
}

export function isAction(request: Ask): boolean {
  return request.method === "POST";
}

export function actionsOf(system: MailSystem) {
  return system.asked.filter(isAction).map((request) => request.body);
}

/** The first `count` actions meet a fate, everything else passes. */
export function firstActions(count: number, fate: Fate): MailSystem["fate"] {
  let left = count;
  return (request) => (isAction(request) && left-- > 0 ? fate : undefined);
}

/** One plain id in one folder. */
export const base = { localGuids: "1", folder: "Quarantine" };
