/**
 * How XSOAR knows the integration. `id` is what playbooks see as `modules.brand` and pin as `Brand|||command`. The names
 * of the released integration and of its pack are taken: two of one name cannot be installed side by side (xsoar-platform.md 1).
 */
export const brand = {
  id: "ProofpointProtectionServer",
  display: "Proofpoint Protection Server",
  description:
    "Find, release, forward, move, delete and download quarantined mail, trace messages, and keep users and sender lists of a Proofpoint Protection Server.",
  pack: "Proofpoint PPS",
  /** Of the released integration, for documents that tell how to move over. */
  released: "Proofpoint Protection Server v2",
} as const;
