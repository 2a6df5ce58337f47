import type { FolderSetting } from "../core/command.ts";

const mail = [
  ...["Quarantine", "Adult", "Attachment Defense", "Audit", "Blocked", "Bounce Management", "Bulk", "Deleted"],
  ...["Impostor", "Malware", "Outbound Spam", "Phish", "Probable Virus", "Smart Send", "Smart Send Released", "Spam"],
  ...["Spoofed", "Suspected Spam", "Untrusted Senders", "Virus", "Zerohour"],
];

const dlp = [
  ...["Asset", "Deleted Incidents", "EncryptionProxy", "GLBA", "HIPAA", "PCI", "Regulation", "Smart Send DLP"],
  ...["Smart Send DLP Released", "SSN Bulk", "SSN High Probability", "SSN Low Probability", "SSN Med Probability"],
  "SSN subject",
];

/** The folders public sources name (pps-api.md 8); a site's own are set in its configuration. */
export const defaultFolders: readonly FolderSetting[] = mail
  .map((name): FolderSetting => ({ name, moduleType: "mail" }))
  .concat(dlp.map((name): FolderSetting => ({ name, moduleType: "dlp" })));

/** PPS reads folder names in any case (pps-api.md 8). */
export function isSameFolder(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** A folder's name as the site spells it, where that is known: actions may be exact about case. */
export function spellFolder(folders: readonly FolderSetting[], name: string): string {
  return findFolder(folders, name)?.name ?? name;
}

/** Names in the site's own spelling where it is known, each once. */
export function spellFolders(folders: readonly FolderSetting[], names: readonly string[]): string[] {
  const spelled: string[] = [];
  names.forEach((name) => {
    const own = spellFolder(folders, name);
    if (!spelled.some((other) => isSameFolder(other, own))) spelled.push(own);
  });
  return spelled;
}

/** The site's folder of this name, in any case of letters; undefined when the site has not configured it. */
export function findFolder(folders: readonly FolderSetting[], name: string): FolderSetting | undefined {
  return folders.filter((folder) => isSameFolder(folder.name, name))[0];
}
