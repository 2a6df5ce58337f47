import { randomBytes } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { ApiKey } from "./api-keys.ts";

/** The tokens that are good at present; a restarted gateway knows none of those it gave out before. */
export interface Tokens {
  issue(key: ApiKey): string;
  /** The key for which the token of an `Authorization: Bearer` header was issued; undefined when it has expired. */
  keyOf(header: string | undefined): ApiKey | undefined;
}

/** Tokens that live so many seconds on the gateway's clock. */
export function createTokens(clock: Clock, lifeSeconds: number): Tokens {
  const issued = new Map<string, { key: ApiKey; expiresAt: number }>();
  return {
    issue(key) {
      const now = clock.now();
      for (const [token, { expiresAt }] of issued) if (expiresAt <= now) issued.delete(token);
      const token = randomBytes(48).toString("base64url");
      issued.set(token, { key, expiresAt: now + lifeSeconds * 1000 });
      return token;
    },
    keyOf(header) {
      const found = issued.get(/^bearer +(\S+) *$/i.exec(header ?? "")?.[1] ?? "");
      return found !== undefined && clock.now() < found.expiresAt ? found.key : undefined;
    },
  };
}
