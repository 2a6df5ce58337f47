import type { ListOutcome } from "../../src/commands/lists/list-outcome.ts";
import type { ActionResult } from "../../src/commands/outcome.ts";
import type { Command } from "../../src/core/command.ts";
import { PpsError } from "../../src/core/errors.ts";
import { execute } from "./execute.ts";
import type { Fate } from "./mail-system.ts";
import { createUserDirectory, directoryUser, type UserDirectory } from "./user-directory.ts";

/** The instant at which every command is called. */
const now = Date.UTC(2026, 2, 4, 12);

/** The user that most tests are about. */
export const ann = "ann@example.com";

type Given = Parameters<typeof createUserDirectory>[1];

/** Runs a command on a site whose own domain is example.com. */
export function run(command: unknown, directory: UserDirectory, raw: Record<string, unknown>, more: object = {}) {
  const context = { now, ownDomains: ["example.com"], ...more };
  return execute(command as Command, raw, directory, context) as Record<string, unknown>;
}

/** The error a command ends with. */
export function failure(command: unknown, directory: UserDirectory, raw: Record<string, unknown>): PpsError {
  try {
    run(command, directory, raw);
  } catch (error) {
    if (error instanceof PpsError) return error;
    throw error;
  }
  throw new Error("it did not fail");
}

/** Runs a command on Ann's lists, unless other users are named. */
export function change(command: unknown, directory: UserDirectory, raw: Record<string, unknown>, more: object = {}) {
  const result = run(command, directory, { user: ann, ...raw }, more) as unknown as ActionResult;
  return { outcomes: directory.items as ListOutcome[], ...result };
}

/** A directory in which Ann is the only user. */
export function withAnn(given: Given = {}, fields: object = {}): UserDirectory {
  return createUserDirectory([directoryUser(ann, { uid: "u1", firstname: "Ann", ...fields })], given);
}

export function withList(blocklist: string[], given: Given = {}): UserDirectory {
  return createUserDirectory([directoryUser(ann, { blocklist })], given);
}

export function listOf(directory: UserDirectory): string[] | undefined {
  return directory.users[ann]?.blocklist;
}

/** Every request meets a fate by its method. */
export function meets(fates: Record<string, Fate>): UserDirectory["fate"] {
  return ({ method }) => fates[method];
}
