import { cloudDefaults } from "../../../client/options/cloud-settings.ts";
import type { PpsOptions } from "../../../client/options/options.ts";
import { PpsError } from "../../../core/errors.ts";
import { configurationParameters } from "../catalogue/configuration.ts";
import { createAllowList } from "./allow-list.ts";
import type { GivenValue } from "./envelope.ts";
import { readFlag, refuse, splitList } from "./parameter-values.ts";
import type { HandlerSite } from "./site.ts";

/** The instance of the integration an action runs for, as its configuration says. */
export interface Instance {
  /** Origin of PPS. */
  apiRoot: string;
  options: PpsOptions;
  /** Searched where an action names no folder. */
  folders: string[];
  /** Names of the parameters that the organization's lists still need; empty where they can be changed. */
  missingForLists: string[];
}

/** Reads the configuration of an instance. Throws PpsError `bad_input` for what cannot work or is not allowed here. */
export function readInstance(config: Readonly<Record<string, GivenValue>>, site: HandlerSite): Instance {
  const value = (name: string): string => {
    const given = config[name];
    const taken = given === undefined ? configurationParameters.find((one) => one.name === name)?.defaultValue : given;
    return String(taken ?? "").trim();
  };
  const needed = (name: string, isSecret = false): string => {
    // A password may begin or end with a blank.
    const read = isSecret ? String(config[name] ?? "") : value(name);
    if (read === "") throw refuse(name, "is missing in the configuration of the instance.");
    return read;
  };
  const apiRoot = createAllowList(site.apiRoots).require({
    name: "Api Root",
    text: needed("Api Root"),
    example: "https://pps.example.com:10000",
    defaultPort: 10_000,
  });
  const cloudName = "Threat Protection Api Root";
  const cloudUrl = createAllowList(
    site.apiRoots === undefined ? undefined : [...site.apiRoots, cloudDefaults.cloudUrl],
  ).require({ name: cloudName, text: value(cloudName) || cloudDefaults.cloudUrl, example: cloudDefaults.cloudUrl });
  const insecure = !readFlag("Verify SSL", value("Verify SSL") || "true");
  if (insecure && site.forbidsUnverified) {
    throw new PpsError("bad_input", "Verify SSL is switched off, which this action server does not allow.", {
      field: "Verify SSL",
    });
  }
  const username = needed("Username");
  if (username.includes(":")) throw refuse("Username", "holds a colon, which PPS cannot be sent.");
  const key = {
    "Client ID": value("Client ID"),
    "Client Secret": value("Client Secret"),
    "Cluster ID": value("Cluster ID"),
  };
  const missingForLists = Object.entries(key)
    .filter(([, text]) => text === "")
    .map(([name]) => name);
  const folders = splitList(value("Quarantine Folders"), "Quarantine Folders");
  const shared = site.optionsOf?.(apiRoot);
  return {
    apiRoot,
    folders: folders.length > 0 ? folders : ["Quarantine"],
    missingForLists,
    options: {
      ...shared,
      // An instance could send the server to any address of its own network.
      feedHosts: shared?.feedHosts ?? [],
      url: apiRoot,
      username,
      password: needed("Password", true),
      insecure,
      ownDomains: site.neverBlock,
      cloudUrl,
      ...(missingForLists.length > 0
        ? {}
        : {
            cloudClientId: key["Client ID"],
            cloudClientSecret: key["Client Secret"],
            cloudClusterId: key["Cluster ID"],
          }),
    },
  };
}
