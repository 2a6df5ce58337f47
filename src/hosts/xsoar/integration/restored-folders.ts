import { command } from "../../../core/command.ts";
import { found } from "../../../core/steps.ts";
import { resultEntry } from "../entries/entry.ts";
import { tableToMarkdown } from "../entries/table-markdown.ts";
import type { XsoarCommand } from "./xsoar-command.ts";

const title = "Proofpoint Protection Server Quarantine Folders";

/** Asks nothing of PPS, which has no call that lists its folders (pps-api.md 8). */
const configuredFolders = command<{ Name: string }>()({
  name: "folders.configured",
  title: "List Configured Folders",
  description: "Lists the quarantine folders that are configured. PPS has no call that lists its own.",
  effect: "read",
  access: "Quarantine",
  list: "folders",
  fields: {},
  rules: [],
  outputs: [{ name: "Name", type: "string", description: "Name of the folder." }],
  columns: ["Name"],
  examples: [],
  *run(_input, { folders }) {
    yield* found(folders.map(({ name }) => ({ Name: name })));
    return {};
  },
});

/** A command of the first released version, which read the admin pages for it. */
export const restoredFolders: XsoarCommand = {
  name: "proofpoint-quarantine-folders",
  description: configuredFolders.description,
  arguments: [],
  outputs: [{ contextPath: "Proofpoint.Quarantine.Folder.Name", type: "String", description: "Name of the folder." }],
  isHarmful: false,
  call: () => ({ command: configuredFolders, input: {} }),
  render({ items }) {
    const folders = items as { Name: string }[];
    return [
      resultEntry({
        contents: folders,
        humanReadable: tableToMarkdown(title, folders, ["Name"]),
        context: { "Proofpoint.Quarantine.Folder(val.Name === obj.Name)": folders },
      }),
    ];
  },
};
