import { cloudAddresses } from "../../../commands/threat-protection/cloud-api.ts";
import type { ConfigurationParameter } from "./action.ts";

/** What an instance of the integration is told, in the order in which it is shown (secops-platform.md 5.1). */
export const configurationParameters: readonly ConfigurationParameter[] = [
  {
    name: "Action Server URL",
    kind: "string",
    description:
      "Address of the action server, such as https://pps-actions.example.com:8443; or node: with the path of cli.mjs, for a Remote Agent with Node.",
    isMandatory: true,
    defaultValue: "https://pps-actions.example.com:8443",
  },
  {
    name: "Action Server Token",
    kind: "password",
    description: "Token of the action server, made with pps tokens create. Needed with an https address.",
    isMandatory: false,
  },
  {
    name: "Action Server CA Certificate",
    kind: "string",
    description:
      "Certificate of the action server's own authority: the PEM text in base64. Empty for a public authority.",
    isMandatory: false,
  },
  {
    name: "Api Root",
    kind: "string",
    description:
      "Address of the Proofpoint Protection Server, such as https://pps.example.com:10000. The action server must allow it.",
    isMandatory: true,
    defaultValue: "https://pps.example.com:10000",
  },
  {
    name: "Username",
    kind: "string",
    description: "Local administrator of the Proofpoint Protection Server whose role is of type API.",
    isMandatory: true,
  },
  { name: "Password", kind: "password", description: "Password of that administrator.", isMandatory: true },
  {
    name: "Verify SSL",
    kind: "boolean",
    description:
      "Check the certificate of the Proofpoint Protection Server when the action server connects to it. Switch it off for test systems only.",
    isMandatory: false,
    defaultValue: true,
  },
  {
    name: "Quarantine Folders",
    kind: "string",
    description: "Folders to search where an action names none, separated by commas; PPS cannot list its folders.",
    isMandatory: false,
    defaultValue: "Quarantine",
  },
  {
    name: "Threat Protection Api Root",
    kind: "string",
    description: "Address of Proofpoint's cloud API, which keeps the organization's lists of Proofpoint on Demand.",
    isMandatory: false,
    defaultValue: cloudAddresses.api,
  },
  {
    name: "Client ID",
    kind: "string",
    description: "Client id of a key of the cloud API; needed for the organization's lists.",
    isMandatory: false,
  },
  {
    name: "Client Secret",
    kind: "password",
    description: "Secret of that key.",
    isMandatory: false,
  },
  {
    name: "Cluster ID",
    kind: "string",
    description: "Id of the cluster whose lists are meant, as the admin portal shows it.",
    isMandatory: false,
  },
];
