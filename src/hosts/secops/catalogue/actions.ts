import type { SecopsAction } from "./action.ts";
import { listActions } from "./list-actions.ts";
import { enrichEntities, getMessageDetails, getMessageTrace } from "./message-actions.ts";
import {
  deleteQuarantinedMessage,
  downloadQuarantinedMessage,
  findQuarantinedMessages,
  forwardQuarantinedMessage,
  moveQuarantinedMessage,
  releaseQuarantinedMessage,
  resubmitQuarantinedMessage,
} from "./quarantine-actions.ts";
import { respondToFalsePositive, respondToPhishing } from "./response-actions.ts";
import { huntThreats, updateBlocklistFromFeed } from "./threat-actions.ts";
import { userActions } from "./user-actions.ts";

const ping: SecopsAction = {
  name: "Ping",
  stem: "ping",
  description:
    "Ping (Test Connectivity): tests the action server, the address, the certificate and the credentials of the Proofpoint Protection Server, and which modules the account may use.",
  failureLead: "Failed to connect to the Proofpoint Protection Server",
  successLead: "Successfully connected to the Proofpoint Protection Server",
  writes: false,
  parameters: [],
  entityTypes: [],
  tables: [],
  outcomes: [],
};

/** Every action of the package, in the order in which it is documented (secops-platform.md 5.2). */
export const secopsActions: readonly SecopsAction[] = [
  ping,
  findQuarantinedMessages,
  releaseQuarantinedMessage,
  deleteQuarantinedMessage,
  moveQuarantinedMessage,
  resubmitQuarantinedMessage,
  forwardQuarantinedMessage,
  downloadQuarantinedMessage,
  ...listActions,
  getMessageTrace,
  getMessageDetails,
  enrichEntities,
  respondToPhishing,
  respondToFalsePositive,
  huntThreats,
  updateBlocklistFromFeed,
  ...userActions,
];

/** The action of exactly this name; undefined when there is none. */
export function findAction(name: string): SecopsAction | undefined {
  return secopsActions.find((action) => action.name === name);
}
