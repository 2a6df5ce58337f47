import { findCommand } from "../../commands/index.ts";
import { createThreatProtection } from "../cloud/threat-protection.ts";
import { createTransport } from "../http/transport.ts";
import type { Settings } from "../options/settings.ts";
import { createClient } from "../pps.ts";
import { errorOf } from "./error-of.ts";
import { type Finding, fail, ok, skipped, warn } from "./finding.ts";

const keyCheck = "Threat Protection key";
const listsCheck = "Threat Protection lists";

/** Tries the key of the cloud API, and the organisation's block list by a read. */
export async function* checkCloud(settings: Settings, signal: AbortSignal | undefined): AsyncGenerator<Finding> {
  const { key, token, threatProtection } = settings.cloud;
  if (key === undefined) {
    yield fail(keyCheck, {
      code: "bad_input",
      message: `What is missing: ${threatProtection.missing.join(", ")}.`,
      hint: "Set it, or take the other cloud options away: the organisation's lists of Proofpoint on Demand alone need them.",
    });
    yield skipped(listsCheck, "The key comes first.");
    return;
  }
  const once = { ...settings, retries: 0 };
  const cloud = createThreatProtection(once);
  const client = createClient(once, createTransport(once), cloud);
  try {
    const refused = await errorOf(cloud.signIn(signal), signal);
    yield refused === undefined
      ? ok(keyCheck, `${token.url.host} accepts the client id ${key.clientId} and its secret.`)
      : fail(keyCheck, refused);
    if (refused !== undefined) yield skipped(listsCheck, "The key comes first.");
    else if (threatProtection.clusterId === undefined) {
      const found = "No cluster id is set, so that every command has to name one.";
      yield warn(listsCheck, found, "Set the cluster id (cloudClusterId, PPS_CLOUD_CLUSTER_ID).");
    } else {
      const list = findCommand("blocklist.list");
      const error = list && (await errorOf(client.execute(list, {}, { signal }), signal));
      yield error === undefined
        ? ok(listsCheck, `The key may read the lists of cluster ${threatProtection.clusterId}.`)
        : fail(listsCheck, error);
    }
  } finally {
    await client.close();
  }
}

/** In place of the checks where no option of the cloud API is set. */
export const cloudNotSet: Finding = skipped(
  "Threat Protection",
  "It is not set up; the organisation's lists of Proofpoint on Demand alone need it.",
);
