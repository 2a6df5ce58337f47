import type { ListOutcome } from "../../../commands/lists/list-outcome.ts";
import { blocklistFeed } from "../../../commands/lists/organisation/feed/feed.ts";
import { PpsError } from "../../../core/errors.ts";
import { isGiven } from "./field-input.ts";
import { tabulateOutcomes } from "./outcome-entries.ts";
import { ownCommand } from "./own-command.ts";
import { complainOfEntry, listChangeKey, plannedListOutputs } from "./sender-lists.ts";

/** Keeps a feed's part of the organisation's blocklist. XSOAR's own feed integrations fetch; here the text is given. */
export const feedCommand = ownCommand(blocklistFeed, {
  leftOut: ["url"],
  differences: {
    file: {
      required: true,
      description: "The feed: text, CSV, JSON, a STIX 2.1 bundle or a MISP event. Give its text.",
    },
    allowFile: { description: "More of these: CSV, JSON, or one entry a line. Give the text." },
  },
  check({ file }) {
    if (!isGiven(file)) throw new PpsError("bad_input", "Give the text of the feed as file.", { field: "file" });
  },
  outputs: plannedListOutputs,
  render: (result) => tabulateOutcomes<ListOutcome>(result, { contextKey: listChangeKey, complain: complainOfEntry }),
});
