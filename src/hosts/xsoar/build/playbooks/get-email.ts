import { brand } from "../../integration/brand.ts";
import { messageDownload } from "../../integration/download-message.ts";
import { brandGate, gateName } from "./brand-gate.ts";
import { inputOf, type Playbook } from "./playbook.ts";

/** The released playbook of this purpose opens for the released integration alone: hence one of our own, under a name of its own. */
export const getEmail: Playbook = {
  name: `Get Email From Email Gateway - ${brand.pack}`,
  description: `Retrieves the original email from the quarantine of the ${brand.display} as an EML file.`,
  inputs: [
    {
      key: "MessageID",
      required: true,
      description:
        "Global id (GUID) of the message in the quarantine, as smart search and the quarantine list show it.",
    },
  ],
  outputs: [{ contextPath: "File", description: "The EML file.", type: "unknown" }],
  tasks: [
    { name: "Start", description: "", work: { kind: "start" }, next: { "#none#": gateName }, at: [0.5, 0] },
    brandGate("Download the email", "Done", [0.5, 1]),
    {
      name: "Download the email",
      description: "Downloads the raw message from the quarantine.",
      work: { kind: "command", command: messageDownload.name, arguments: { guid: inputOf("MessageID") } },
      next: { "#none#": "Done" },
      at: [0, 2],
    },
    { name: "Done", description: "", work: { kind: "title" }, at: [0.5, 3] },
  ],
};
