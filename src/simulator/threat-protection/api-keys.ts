import { isSameSecret } from "../accounts.ts";

/** A part of the cloud API that a key may be good for (pps-api.md 7: 403 where the key lacks it). */
export type CloudModule = "emailProtection";

/** A key of the cloud API, as its admin portal gives it out. */
export interface ApiKey {
  clientId: string;
  clientSecret: string;
  modules: readonly CloudModule[];
}

/** The keys of one organisation. */
export interface ApiKeys {
  find(clientId: string, clientSecret: string): ApiKey | undefined;
}

/** Throws an Error of one sentence when two keys share an id. */
export function createApiKeys(all: readonly ApiKey[]): ApiKeys {
  const byId = new Map<string, ApiKey>();
  for (const key of all) {
    if (byId.has(key.clientId)) throw new Error(`The API key "${key.clientId}" is there twice.`);
    byId.set(key.clientId, key);
  }
  return {
    find(clientId, clientSecret) {
      const key = byId.get(clientId);
      return key !== undefined && isSameSecret(key.clientSecret, clientSecret) ? key : undefined;
    },
  };
}
