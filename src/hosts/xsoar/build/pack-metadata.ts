import { readFileSync } from "node:fs";
import { brand } from "../integration/brand.ts";
import { xsoarCommands } from "../integration/commands.ts";
import { oldestServer } from "./integration-yaml.ts";
import { playbooks } from "./playbooks/playbooks.ts";

const manifest = JSON.parse(readFileSync(new URL("../../../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

/** The pack's version: the product's own. */
export const packVersion = manifest.version;

export const author = "proofpoint-ps";

/** `pack_metadata.json` of the pack's source (xsoar-platform.md 2). */
export const packMetadata = {
  name: brand.pack,
  description: brand.description,
  support: "community",
  currentVersion: packVersion,
  author,
  url: "",
  email: "",
  created: "2026-11-21T00:00:00Z",
  categories: ["Email"],
  tags: ["Email", "Security", "Use Case"],
  useCases: ["Phishing", "Incident Response"],
  keywords: ["proofpoint", "quarantine", "email gateway", "smart search", "blocklist", "safelist"],
  dependencies: { CommonScripts: { mandatory: true, display_name: "Common Scripts" } },
  marketplaces: ["xsoar"],
};

/** `metadata.json` of the zip, as the marketplace makes it of the above: it tells the server what is inside. */
export const installedMetadata = {
  ...packMetadata,
  id: brand.id,
  versionInfo: "",
  supportDetails: {},
  serverMinVersion: oldestServer,
  contentItems: {
    integration: [
      {
        name: brand.display,
        description: brand.description,
        category: "Email",
        commands: xsoarCommands.map(({ name, description }) => ({ name, description })),
      },
    ],
    playbook: playbooks.map(({ name, description }) => ({ name, description })),
  },
  contentDisplays: { integration: "Integrations", playbook: "Playbooks" },
};
