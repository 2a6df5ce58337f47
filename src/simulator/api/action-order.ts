import type { Folder } from "../folders.ts";
import type { ForwardOrder } from "../store/pending-effects.ts";
import type { RouteParts } from "./parts.ts";
import { unknownTargetFolder, WrongRequest } from "./refusal.ts";

/** An action as asked for, checked against everything but the messages themselves. */
export interface ActionOrder {
  action: "release" | "forward" | "resubmit" | "move" | "delete";
  folder: Folder;
  localGuids: string[];
  /** Where the messages go: `targetfolder` or `deletedfolder`. */
  target?: Folder;
  scan: boolean;
  forward?: ForwardOrder;
}

/** The fields that each action takes besides `action`, `folder` and `localguid` (pps-api.md 4.2). */
const fieldsByAction = {
  release: ["deletedfolder", "scan", "brandtemplate", "securitypolicy"],
  forward: ["deletedfolder", "to", "subject", "appendoldsubject", "comment", "from", "headerfrom"],
  resubmit: [],
  move: ["targetfolder"],
  delete: ["deletedfolder"],
} as const satisfies Record<ActionOrder["action"], readonly string[]>;

const allFields = new Set(["action", "folder", "localguid", ...Object.values(fieldsByAction).flat()]);

/**
 * Reads the body of `POST /quarantine`. Throws Refusal for what the server refuses and WrongRequest for fields that do not exist.
 * A field that is null counts as left out (pps-api.md 4.2).
 */
export function readActionOrder(body: unknown, { folders, quirks, refusals }: RouteParts): ActionOrder {
  const fields = readFields();
  const action = required("action");
  if (!isAction(action)) throw refusals.make("unknown-action", action);
  const misplaced = [...fields.keys()].find((name) => !takes(action, name));
  if (misplaced !== undefined) throw new WrongRequest(`field "${misplaced}" does not belong to action "${action}"`);
  const folder = folderOf(required("folder"));
  if (folder === undefined) throw refusals.make("unknown-folder", fields.get("folder"));
  const localGuids = [...new Set(required("localguid").split(","))];
  if (localGuids.includes("")) throw refusals.make("missing-field", "localguid");
  if (quirks["longest-batch"] !== "unlimited" && localGuids.length > Number(quirks["longest-batch"])) {
    throw refusals.make("batch-too-long");
  }
  return {
    action,
    folder,
    localGuids,
    target: readTarget(action, folder),
    scan: flag("scan"),
    forward: action === "forward" ? readForward() : undefined,
  };

  function readFields(): Map<string, string> {
    if (typeof body !== "object" || body === null || Array.isArray(body)) throw refusals.make("bad-body");
    const found = new Map<string, string>();
    for (const [name, value] of Object.entries(body)) {
      if (!allFields.has(name)) throw new WrongRequest(`unknown field "${name}"`);
      if (value === null) continue;
      if (typeof value !== "string") throw refusals.make("bad-value", name);
      found.set(name, value);
    }
    return found;
  }

  function required(name: string): string {
    const value = fields.get(name);
    if (!value) throw refusals.make("missing-field", name);
    return value;
  }

  function flag(name: string): boolean {
    const value = fields.get(name);
    if (value !== undefined && value !== "t" && value !== "f") throw refusals.make("bad-value", name);
    return value === "t";
  }

  function readTarget(action: ActionOrder["action"], folder: Folder): Folder | undefined {
    const name = action === "move" ? "targetfolder" : "deletedfolder";
    const value = action === "move" ? required(name) : fields.get(name);
    if (!value) return undefined;
    const target = folderOf(value);
    if (target === undefined) {
      throw action === "move" ? unknownTargetFolder() : refusals.make("unknown-folder", `deletedfolder ${value}`);
    }
    if (target === folder) throw refusals.make("same-folder", name);
    if (target.moduleType !== folder.moduleType) throw refusals.make("other-type", name);
    return target;
  }

  function folderOf(value: string): Folder | undefined {
    const found = folders.find(value);
    const isStrange = quirks["action-folder-case"] === "exact" && found?.name !== value;
    return isStrange ? undefined : found;
  }

  function readForward(): ForwardOrder {
    const to = addresses("to", required("to"));
    const envelopeFrom = fields.get("from") || undefined;
    const headerFrom = fields.get("headerfrom") || undefined;
    if (envelopeFrom !== undefined) addresses("from", envelopeFrom);
    return {
      to,
      subject: fields.get("subject") || undefined,
      appendOldSubject: flag("appendoldsubject"),
      comment: fields.get("comment") || undefined,
      envelopeFrom,
      headerFrom,
    };
  }

  function addresses(name: string, text: string): string[] {
    const list = text.split(",").map((address) => address.trim());
    if (!list.every((address) => /^[^\s@<>"]+@[^\s@<>"]+$/.test(address))) throw refusals.make("bad-value", name);
    return list;
  }
}

function isAction(text: string): text is ActionOrder["action"] {
  return Object.hasOwn(fieldsByAction, text);
}

function takes(action: ActionOrder["action"], field: string): boolean {
  return ["action", "folder", "localguid", ...(fieldsByAction[action] as readonly string[])].includes(field);
}
