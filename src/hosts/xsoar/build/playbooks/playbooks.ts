import { getEmail } from "./get-email.ts";
import { phishingResponse } from "./phishing-response.ts";
import type { Playbook } from "./playbook.ts";

/** Every playbook of the pack. */
export const playbooks: readonly Playbook[] = [getEmail, phishingResponse];
