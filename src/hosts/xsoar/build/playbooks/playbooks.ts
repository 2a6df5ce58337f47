import { automatedBlocking } from "./automated-blocking.ts";
import { falsePositiveRelease } from "./false-positive-release.ts";
import { getEmail } from "./get-email.ts";
import { phishingResponse } from "./phishing-response.ts";
import type { Playbook } from "./playbook.ts";
import { threatHunt } from "./threat-hunt.ts";

/** Every playbook of the pack. */
export const playbooks: readonly Playbook[] = [
  getEmail,
  phishingResponse,
  falsePositiveRelease,
  threatHunt,
  automatedBlocking,
];
