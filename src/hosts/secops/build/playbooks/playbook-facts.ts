/** What is the same of every playbook. */
export const playbookFacts = {
  version: 1,
  day: "2026-11-21",
  note: "First version. It comes disabled, and needs the integration Proofpoint Protection Server of proofpoint-ps.",
  /** 1 to 3; the platform attaches one playbook of the highest first. */
  priority: 2,
  /** The first folder that every site has; an import asks for another. */
  category: 1,
  environments: ["*"],
  tags: ["Proofpoint", "Email Security"],
  /** Without an ending. */
  archive: "ProofpointProtectionServer-playbooks",
} as const;
