import { randomBytes } from "node:crypto";
import type { SimulatorOptions } from "../options.ts";
import { createApiKeys } from "./api-keys.ts";
import { type CloudApi, type CloudParts, createCloudApi } from "./cloud-api.ts";

/** The first key of the cloud API and its cluster, which are known also where no cloud API is there to use them. */
export interface CloudAccess {
  clientId: string;
  clientSecret: string;
  clusterId: string;
}

/** The access the options name, with a new random secret where they name none. */
export function cloudAccess(options: SimulatorOptions): CloudAccess {
  return {
    clientId: options.clientId ?? "lab-client",
    clientSecret: options.clientSecret ?? randomBytes(12).toString("base64url"),
    clusterId: options.clusterId ?? "lab-cluster",
  };
}

/** The cloud API; undefined where the gateway has none. Throws an Error of one sentence when the options make no sense. */
export function openCloud(
  options: SimulatorOptions,
  { clusterId, ...first }: CloudAccess,
  parts: Omit<CloudParts, "keys" | "clusterId">,
): CloudApi | undefined {
  const keys = createApiKeys([{ ...first, modules: ["emailProtection"] }, ...(options.keys ?? [])]);
  if (parts.quirks["cloud-lists"] === "present") return createCloudApi({ ...parts, keys, clusterId });
  if (options.cloudPort === undefined) return undefined;
  throw new Error("This gateway has no cloud API and takes no port for one; profile pod has it.");
}
