import { huntThreats } from "../responses/hunt-threats.ts";
import { respondToFalsePositive } from "../responses/respond-false-positive.ts";
import { respondToPhishing } from "../responses/respond-phishing.ts";
import { updateBlocklist } from "../responses/update-blocklist.ts";
import type { Performer } from "../run.ts";
import { changeList } from "./change-list.ts";
import { downloadMessages } from "./download-messages.ts";
import { enrichEntities } from "./enrich-entities.ts";
import { findMessages } from "./find-messages.ts";
import { deleteMessages, forwardMessages, moveMessages, releaseMessages, resubmitMessages } from "./message-changes.ts";
import { ping } from "./ping.ts";
import { showMessage } from "./show-message.ts";
import { traceMessages } from "./trace-messages.ts";
import { createUser, deleteUser, getUser, updateUser } from "./users.ts";

/** An action at work: who carries it out, and the commands of the catalogue that its caller must be allowed. */
export interface Work {
  perform: Performer;
  commands: readonly string[];
}

const find = "quarantine.list";

/** What carries each action out, by the action's name. */
export const works: Readonly<Record<string, Work>> = {
  Ping: { perform: ping, commands: ["system.ping"] },
  "Find Quarantined Messages": { perform: findMessages, commands: [find] },
  "Release Quarantined Message": { perform: releaseMessages, commands: ["quarantine.release", find] },
  "Delete Quarantined Message": { perform: deleteMessages, commands: ["quarantine.delete", find] },
  "Move Quarantined Message": { perform: moveMessages, commands: ["quarantine.move", find] },
  "Resubmit Quarantined Message": { perform: resubmitMessages, commands: ["quarantine.resubmit", find] },
  "Forward Quarantined Message": { perform: forwardMessages, commands: ["quarantine.forward", find] },
  "Download Quarantined Message": { perform: downloadMessages, commands: ["quarantine.download"] },
  "Add Sender to Blocklist": { perform: changeList("add", "blocklist"), commands: ["blocklist.add"] },
  "Remove Sender from Blocklist": { perform: changeList("remove", "blocklist"), commands: ["blocklist.remove"] },
  "Add Sender to Safelist": { perform: changeList("add", "safelist"), commands: ["safelist.add"] },
  "Remove Sender from Safelist": { perform: changeList("remove", "safelist"), commands: ["safelist.remove"] },
  "Get Message Trace": { perform: traceMessages, commands: ["trace.search"] },
  "Get Message Details": { perform: showMessage, commands: ["message.show"] },
  "Enrich Entities": { perform: enrichEntities, commands: [find] },
  "Respond to Phishing": { perform: respondToPhishing, commands: ["respond.phishing"] },
  "Respond to False Positive": { perform: respondToFalsePositive, commands: ["respond.false-positive"] },
  "Hunt Threats": { perform: huntThreats, commands: ["hunt"] },
  "Update Blocklist From Feed": { perform: updateBlocklist, commands: ["blocklist.feed"] },
  "Get User": { perform: getUser, commands: ["users.get"] },
  "Create User": { perform: createUser, commands: ["users.create", "users.get"] },
  "Update User": { perform: updateUser, commands: ["users.modify", "users.get"] },
  "Delete User": { perform: deleteUser, commands: ["users.delete"] },
};
