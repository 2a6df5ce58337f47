/** Mail moves only between folders of one module type (pps-api.md 8). */
export type ModuleType = "mail" | "dlp";

/** A quarantine folder. */
export interface Folder {
  name: string;
  moduleType: ModuleType;
}

/** The folders of one gateway, in order. */
export interface Folders {
  all: readonly Folder[];
  /** Finds by name, ignoring letter case (pps-api.md 8). */
  find(name: string): Folder | undefined;
}

const mailNames = [
  "Quarantine",
  "Adult",
  "Attachment Defense",
  "Audit",
  "Blocked",
  "Bounce Management",
  "Bulk",
  "Deleted",
  "Impostor",
  "Malware",
  "Outbound Spam",
  "Phish",
  "Probable Virus",
  "Smart Send",
  "Smart Send Released",
  "Spam",
  "Spoofed",
  "Suspected Spam",
  "Untrusted Senders",
  "Virus",
  "Zerohour",
];

const dlpNames = [
  "Asset",
  "Deleted Incidents",
  "EncryptionProxy",
  "GLBA",
  "HIPAA",
  "PCI",
  "Regulation",
  "Smart Send DLP",
  "Smart Send DLP Released",
  "SSN High Probability",
  "SSN Med Probability",
  "SSN Low Probability",
  "SSN subject",
  "SSN Bulk",
];

/** The names that public field scripts list for a fresh server (pps-api.md 8). */
export const defaultFolders: readonly Folder[] = [
  ...mailNames.map((name): Folder => ({ name, moduleType: "mail" })),
  ...dlpNames.map((name): Folder => ({ name, moduleType: "dlp" })),
];

/**
 * The default folders and the site's own, each written `NAME` (mail) or `NAME:dlp`. Blanks and commas are part of a name.
 * Throws when a name is empty or given twice.
 */
export function createFolders(own: readonly string[] = []): Folders {
  const all = [...defaultFolders, ...own.map(readFolder)];
  const byName = new Map<string, Folder>();
  for (const folder of all) {
    const key = folder.name.toLowerCase();
    if (byName.has(key)) throw new Error(`The folder "${folder.name}" is there twice.`);
    byName.set(key, folder);
  }
  return { all, find: (name) => byName.get(name.toLowerCase()) };
}

function readFolder(text: string): Folder {
  const match = /^(.*?)(?::(mail|dlp))?$/s.exec(text.trim());
  const name = match?.[1]?.trim() ?? "";
  if (name === "") throw new Error(`A folder needs a name, as in "NAME" or "NAME:dlp"; got "${text}".`);
  return { name, moduleType: match?.[2] === "dlp" ? "dlp" : "mail" };
}
