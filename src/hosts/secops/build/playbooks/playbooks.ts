import { automatedBlocking } from "./automated-blocking.ts";
import { falsePositiveRelease } from "./false-positive-release.ts";
import { phishingResponse } from "./phishing-response.ts";
import type { Playbook } from "./playbook.ts";
import { threatHunt } from "./threat-hunt.ts";

/** Every playbook that goes with the package (secops-platform.md 7.4). */
export const playbooks: readonly Playbook[] = [phishingResponse, falsePositiveRelease, threatHunt, automatedBlocking];
