import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { chooseConfigPath } from "../../../client/options/config-file.ts";
import { PpsError } from "../../../core/errors.ts";
import type { CliContext } from "../context.ts";
import type { ConnectionFlags } from "../shared-options.ts";

/** Writes a configuration file to fill in, readable by its owner alone, and gives its path. Never replaces one. */
export async function writeConfigTemplate(flags: ConnectionFlags, context: CliContext): Promise<string> {
  const path = resolve(context.cwd, chooseConfigPath(flags.config, context.env));
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, template(flags), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw cannotWrite(path, error);
    throw new PpsError("bad_input", `${path} is there already.`, { hint: "Edit it, or name another with --config." });
  }
  return path;
}

function template({
  profile = "default",
  url = "https://pps.example.com:10000",
  username = "api-user",
}: ConnectionFlags) {
  const name = JSON.stringify(profile);
  return `# Settings of pps, one profile for each cluster. Choose one with --profile or PPS_PROFILE.
default: ${name}
profiles:
  ${name}:
    url: ${JSON.stringify(url)}
    # An administrator whose role is of type API, with the modules Quarantine, pss and enduser under Managed Modules.
    username: ${JSON.stringify(username)}
    # A file that holds the password on its first line. Or set PPS_PASSWORD, or write password: here.
    passwordFile: password.txt
    # Own certificate authority, for a certificate that no public one has signed.
    # ca: /etc/ssl/certs/pps-ca.pem
    # proxy: http://proxy.example.com:3128
    # timeoutMs: 60000
    # The site's quarantine folders, which PPS cannot list; without them those that PPS brings along are assumed.
    # folders: [Quarantine, Phish, { name: Contracts, moduleType: dlp }]
    # The site's own mail domains, which are never blocked by mistake; "*.example.com" stands for all below it.
    # ownDomains: [example.com, "*.example.com"]
    # A key of the cloud API, for the organisation's safe and block list of Proofpoint on Demand alone.
    # cloudClientId: 1b0c1f0e
    # cloudClientSecretFile: client-secret.txt
    # cloudClusterId: example_hosted
    # Hosts that feeds of bad senders may be fetched from, and what they want to see.
    # feedHosts: [feeds.example.com, taxii.example.com]
    # feedUsername: soc
    # feedPasswordFile: feed-password.txt
`;
}

function cannotWrite(path: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  return code === undefined ? error : new PpsError("bad_input", `${path} cannot be written (${code}).`);
}
