import { brand } from "../integration/brand.ts";
import { getEmail } from "./playbooks/get-email.ts";
import { playbooks } from "./playbooks/playbooks.ts";

/** The README that the marketplace shows of the pack. */
export const packReadme = `Work the mail that a Proofpoint Protection Server holds back, without leaving an investigation.

#### What does this pack do?

- Finds quarantined mail by sender, recipient or subject, beyond the server's cap of 1000 records.
- Releases, resubmits, forwards, moves, deletes and downloads messages, and tells what became of each.
- Traces mail by smart search.
- Keeps users, and the senders that users or the whole organisation block or trust.

It answers to the commands of "${brand.released}" as well, so that playbooks made for that one go on running. Disable that integration
first: a command that two active instances offer is carried out by both.

#### Playbooks

${playbooks.map(({ name, description }) => `- **${name}**: ${description}`).join("\n")}

The generic playbook "Get Email From Email Gateway - Generic" calls the playbooks it knows by name. To have it ask this gateway too, copy
it and add a task that runs "${getEmail.name}", skipped where that is unavailable, with a context of its own.
`;
