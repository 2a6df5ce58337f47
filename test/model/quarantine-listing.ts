import { quarantineList } from "../../src/commands/quarantine/list.ts";
import type { Message } from "../../src/commands/quarantine/message.ts";
import type { FolderSetting } from "../../src/core/command.ts";
import type { Ask } from "../../src/core/steps.ts";
import { execute } from "./execute.ts";
import type { Held, MailSystem } from "./mail-system.ts";

export const now = Date.UTC(2026, 2, 4, 12);
export const sites: FolderSetting[] = ["Quarantine", "Phish", "Legal, Paris", "PCI"].map((name) => ({
  name,
  moduleType: "mail",
}));

export function held(index: number, folder: string, secondsAgo: number): Held {
  const id = `${folder}${index}`;
  return { guid: id, localguid: id, folder, time: now - secondsAgo * 1000, from: "billing@shop.example" };
}

export function list(system: MailSystem, raw: Record<string, unknown>) {
  const result = execute(quarantineList, raw, system, { now, folders: sites });
  return { messages: system.items as Message[], ...result };
}

/** The folder that a search names. */
export function folderOf(request: Ask): string | undefined {
  return Object.fromEntries(request.query ?? []).folder;
}

/** Asks for everything. */
export const anyone = { sender: "*" };
