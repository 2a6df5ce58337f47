import { secopsActions } from "../catalogue/actions.ts";
import { writeActionTable } from "./action-pages.ts";
import { packageFacts } from "./package-facts.ts";
import { playbookFacts } from "./playbooks/playbook-facts.ts";
import { writePlaybookTable } from "./playbooks/playbook-table.ts";
import { bridgeScript, shimOf } from "./python-scripts.ts";
import { packageVersionText } from "./release-notes.ts";

// Rounded up, so that not every change of the script is one of the documents.
const bridgeLines = Math.ceil(linesOf(bridgeScript) / 50) * 50;
const shimLines = Math.max(...secopsActions.map((action) => linesOf(shimOf(action))));

/** What whoever relies on the package must know (secops-platform.md 1.9), as a Markdown list. */
export const warnings = `- **Python carries, TypeScript decides.** The platform runs only Python, so up to ${bridgeLines} lines of it are in the package
  (\`pps_bridge.py\`), and up to ${shimLines} for each action that name it. Everything else happens in the action server.
- **The zip alone does nothing.** It needs the action server of proofpoint-ps, or Node on the machine of a Remote Agent.
- **It has never been imported into a Google SecOps tenant.** What was checked: the rules of Google's packaging tool, written again as tests
  over the generated files; the script of every action as a process of Python 3.11, against a stand-in for what Google's public SDK offers;
  and every action of the server against a simulated mail gateway, many of them the whole way. Neither Google's tool nor its SDK was run,
  Google says that the public SDK differs from the one in production, and a Remote Agent was only simulated.
- **Who sees which credential.** The platform keeps all of them and sends them with each call: the password of PPS and the key of the cloud
  API to the action server (or to Node on the agent's machine), which holds them for that call and hands each to its own service alone.
  The action server's token goes to the action server alone. None is logged, echoed or kept.
- **\`Verify SSL\` is about the way from the action server to PPS and no other.** The way to the action server and the way to the cloud API are
  always verified.
- **The organisation's lists need Proofpoint's cloud API**: Proofpoint on Demand and a key of its own. Lists of a user need the module
  \`enduser\` of PPS, the message trace and details the module \`pss\`.
- **Release, resubmit and forward are accepted by PPS; delivery is not confirmed.** PPS does not say whether a message arrived.
- **Delete without a deleted folder cannot be undone.**
- **Mail that is already in mailboxes is out of reach.** Only what the gateway holds back can be worked.
- **Limits:** PPS gives at most 1,000 records for a search window (a full one is divided, a cut one is said to be cut); 3.5 MiB for a file on the
  case wall; 15 MiB of files in a run, although PPS holds bigger mails.
- **Playbooks come disabled and were never run in a tenant.** What was checked: the shape of their files, that every action, parameter and
  placeholder exists, that every change waits for a person, and each way through them against a simulated mail gateway, by a stand-in
  for the platform that does what is written of it.
- **Neither Google nor Proofpoint made or endorsed it.** It installs beside Google's own integration, under the identifier
  \`${packageFacts.identifier}\`.
`;

/** The README beside the zip. */
export const packageReadme = `# ${packageFacts.name} for Google SecOps, version ${packageVersionText}

${packageFacts.description}

| | |
|---|---|
| \`${packageFacts.identifier}.zip\` | import it in **Response > IDE > Import** |
| \`${packageFacts.folder}/\` | its source tree, for Google's packaging tool \`mp\`; run \`uv lock\` in it once before \`mp\` judges it |
| \`${playbookFacts.archive}.zip\` | the playbooks: import it on **Response > Playbooks**, by the menu of the list |
| \`playbooks/\` | the same as folders, for \`mp\` |
| \`cli.mjs\` | the program for a Remote Agent whose machine has Node, where no action server is wanted; \`cli.licences.txt\` goes with it |

How to install and configure it: \`docs/secops.md\` of proofpoint-ps.

## Actions

${writeActionTable("actions.md")}
## Playbooks

They come disabled. Import the integration first, then the playbooks; look at every step, say who is asked, and enable what you want.

${writePlaybookTable()}
## Before you rely on it

${warnings}`;

function linesOf(script: string): number {
  return script.trimEnd().split("\n").length;
}
