import { cloudAddresses } from "../../../commands/threat-protection/cloud-api.ts";

/** XSOAR's numbers for the kinds of settings (xsoar-platform.md 2). */
export const parameterTypes = { text: 0, checkbox: 8, credentials: 9, textArea: 12 } as const;

/** A setting of an instance, as XSOAR declares it. */
export interface Parameter {
  name: string;
  type: keyof typeof parameterTypes;
  display: string;
  /** Of credentials: what the password is called. */
  displayPassword?: string;
  required?: boolean;
  defaultValue?: string;
  section: "Connect" | "Optimize";
  /** Folded away until it is asked for. */
  advanced?: boolean;
  /** Shown behind a question mark. */
  additionalInfo?: string;
}

/** Names of XSOAR's sections in the order in which they are shown. */
export const sections = ["Connect", "Optimize"] as const;

/** The settings of an instance; the first four are the public integration's, with its texts. */
export const parameters: readonly Parameter[] = [
  {
    name: "url",
    type: "text",
    display: "Server URL (e.g., https://xxxxxxxx.pphosted.com:10000)",
    required: true,
    section: "Connect",
  },
  {
    name: "credentials",
    type: "credentials",
    display: "Username",
    displayPassword: "Password",
    required: true,
    section: "Connect",
    additionalInfo: "An administrator whose role is of type API. Single-sign-on accounts cannot be used.",
  },
  { name: "unsecure", type: "checkbox", display: "Trust any certificate (not secure)", section: "Connect" },
  { name: "proxy", type: "checkbox", display: "Use system proxy settings", section: "Connect" },
  {
    name: "timeout",
    type: "text",
    display: "Request Timeout (seconds)",
    defaultValue: "60",
    section: "Optimize",
    additionalInfo: "Searches of busy weeks may take minutes.",
  },
  {
    name: "folders",
    type: "textArea",
    display: "Quarantine Folders",
    section: "Optimize",
    advanced: true,
    additionalInfo:
      "The quarantine folders of your site instead of the usual ones, one a line; NAME:dlp for a folder of the DLP module.",
  },
  {
    name: "own_domains",
    type: "textArea",
    display: "Own Domains",
    section: "Optimize",
    advanced: true,
    additionalInfo:
      "Domains of your organisation, one a line: senders of theirs are never put on a blocklist by mistake.",
  },
  {
    name: "cloud_credentials",
    type: "credentials",
    display: "Threat Protection Client ID",
    displayPassword: "Threat Protection Client Secret",
    section: "Connect",
    advanced: true,
    additionalInfo:
      "For the organisation's blocklist and safelist alone (Proofpoint on Demand); a key of the admin portal.",
  },
  {
    name: "cloud_cluster_id",
    type: "text",
    display: "Threat Protection Cluster ID",
    section: "Connect",
    advanced: true,
    additionalInfo: "The cluster whose lists are meant.",
  },
  {
    name: "cloud_url",
    type: "text",
    display: "Threat Protection API URL",
    defaultValue: cloudAddresses.api,
    section: "Connect",
    advanced: true,
  },
  {
    name: "cloud_token_url",
    type: "text",
    display: "Threat Protection Token URL",
    defaultValue: cloudAddresses.token,
    section: "Connect",
    advanced: true,
  },
];
