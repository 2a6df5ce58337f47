import { downloadMessage, messageDownload } from "./download-message.ts";
import { listMessages, messagesList } from "./list-messages.ts";
import { messageActions, releasedMessageActions } from "./message-actions.ts";
import { ownCommands } from "./own-commands.ts";
import { restoredFolders } from "./restored-folders.ts";
import { restoredListCommands } from "./sender-lists.ts";
import { smartSearch } from "./smart-search.ts";
import { userCommands } from "./users.ts";
import type { XsoarCommand } from "./xsoar-command.ts";

/** Every command, in the order in which XSOAR and the README list them. `test-module` is the server's own name. */
export const xsoarCommands: readonly XsoarCommand[] = [
  smartSearch,
  listMessages,
  ...messageActions,
  downloadMessage,
  messagesList,
  ...releasedMessageActions,
  messageDownload,
  ...userCommands,
  restoredFolders,
  ...restoredListCommands,
  ...ownCommands,
];

/** A command by the name it was called by; undefined when there is none. */
export function findXsoarCommand(name: string): XsoarCommand | undefined {
  return xsoarCommands.filter((command) => command.name === name)[0];
}
