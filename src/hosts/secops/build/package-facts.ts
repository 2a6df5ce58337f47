/** What the package says of itself wherever it is asked. */
export const packageFacts = {
  /** Those of Google's own integrations are taken: two of one identifier cannot be installed side by side (secops-platform.md 2.4). */
  identifier: "ProofpointProtectionServer",
  name: "Proofpoint Protection Server",
  description:
    "Find, release, forward, move, delete and download quarantined mail, trace messages, and keep users and sender lists of a Proofpoint Protection Server. It needs the action server of proofpoint-ps.",
  /** Of the source tree, in the snake_case that Google's tool asks for. */
  folder: "proofpoint_protection_server",
  creator: "proofpoint-ps",
  categories: ["Email Security", "Security"],
  /** How an imported package is configured; there is no page about this one that every customer could reach. */
  documentationLink: "https://cloud.google.com/chronicle/docs/soar/respond/ide/using-the-ide",
  /** The oldest platform that runs Python 3.11, the only one there is (secops-platform.md 2.2). */
  minimumSystemVersion: 5.3,
} as const;

/** JSON as every file of the package has it. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 4)}\n`;
}
