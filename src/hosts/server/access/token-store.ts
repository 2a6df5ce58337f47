import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { statSync } from "node:fs";
import { isPpsError, PpsError } from "../../../core/errors.ts";
import { formatTime } from "../../../core/time.ts";
import { type FileLock, tryLock } from "../state/file-lock.ts";
import type { Holder } from "./holder.ts";
import { createUseKeeper, lastUsesPath, readLastUses } from "./last-uses.ts";
import { readTokenFile, type StoredToken, writeTokenFile } from "./token-file.ts";
import { checkOrder, type TokenOrder } from "./token-order.ts";

/** What may be shown of a token. */
export interface TokenFacts extends Omit<StoredToken, "sha256" | "revoked"> {
  state: "valid" | "revoked";
  /** Null: not used so far; a running server writes it within a minute. */
  lastUsed: string | null;
  revoked: string | null;
}

/** A token just made: the only time that it is seen. */
export interface MadeToken extends Omit<StoredToken, "sha256" | "revoked"> {
  token: string;
}

/** The tokens of a server, in a file that a running server and `pps tokens` share. */
export interface TokenStore {
  /** Throws PpsError `bad_input` for an order that is not clear, and where the name has a valid token already. */
  create(order: TokenOrder): MadeToken;
  /** A second token of the same name and rights beside the first, so that a caller can change over without a gap. */
  rotate(name: string): MadeToken;
  /** In the order in which they were made. */
  list(): TokenFacts[];
  /** Ends all valid tokens of a name, or one by its id, and tells which. Throws PpsError `not_found` where there is none. */
  revoke(name: string, id?: string): TokenFacts[];
  /**
   * Who shows this `Authorization` header; undefined for no token, an unknown and a revoked one alike. Throws
   * TokensUnusable while the file cannot be used; why is for whoever runs the server, and not for the caller.
   */
  authenticate(header: string | undefined): Holder | undefined;
  /** Writes the times of last use that are not written yet. */
  close(): void;
}

/** While it lasts nobody is let in. No PpsError, for that is told to the caller. */
export class TokensUnusable extends Error {
  override readonly name = "TokensUnusable";
}

const mostValid = 2;

export function createTokenStore(path: string, { now = Date.now }: { now?: () => number } = {}): TokenStore {
  const uses = createUseKeeper(lastUsesPath(path), now);
  const current = createFollower(path);

  function add(choose: (tokens: readonly StoredToken[]) => TokenOrder): MadeToken {
    return changeFile(path, (tokens) => {
      const { name, scopes, profiles } = choose(tokens);
      const token = `pps_${randomBytes(32).toString("base64url")}`;
      const made = {
        id: randomBytes(4).toString("hex"),
        name,
        scopes: [...scopes],
        profiles: [...profiles],
        created: formatTime(now()),
      };
      tokens.push({ ...made, sha256: digest(token).toString("hex") });
      return { ...made, token };
    });
  }

  function facts(tokens: readonly StoredToken[]): TokenFacts[] {
    const lastUses = readLastUses(lastUsesPath(path));
    return tokens.map(({ sha256: _, revoked = null, ...shown }) => ({
      ...shown,
      state: revoked === null ? "valid" : "revoked",
      lastUsed: lastUses[shown.id] ?? null,
      revoked,
    }));
  }

  return {
    create(order) {
      checkOrder(order);
      return add((tokens) => {
        if (validOf(tokens, order.name).length === 0) return order;
        throw new PpsError("bad_input", `There is a valid token of the name ${order.name} already.`, {
          hint: "Take another name, or make a second token for changing over with --rotate.",
        });
      });
    },
    rotate(name) {
      return add((tokens) => {
        const valid = validOf(tokens, name);
        const newest = valid.at(-1);
        if (newest === undefined) throw noToken(name);
        if (valid.length < mostValid) return newest;
        throw new PpsError("bad_input", `The name ${name} has ${mostValid} valid tokens already.`, {
          hint: `Revoke the older one first: pps tokens revoke ${name} --id ${valid[0]?.id}`,
        });
      });
    },
    list: () => facts(readTokenFile(path)),
    revoke(name, id) {
      return changeFile(path, (tokens) => {
        const meant = validOf(tokens, name).filter((token) => id === undefined || token.id === id);
        if (meant.length === 0) throw noToken(name, id);
        for (const token of meant) token.revoked = formatTime(now());
        return facts(meant);
      });
    },
    authenticate(header) {
      const tokens = readForCaller(current);
      const token = /^bearer +(\S{1,200})$/i.exec(header ?? "")?.[1];
      const shown = digest(token ?? "");
      let found: StoredToken | undefined;
      // All are compared, in the same time each, whether one has matched or not.
      for (const stored of tokens) {
        if (timingSafeEqual(shown, Buffer.from(stored.sha256, "hex"))) found = stored;
      }
      if (found === undefined || found.revoked !== undefined) return undefined;
      uses.note(found.id);
      return { name: found.name, tokenId: found.id, scopes: found.scopes, profiles: found.profiles };
    },
    close: uses.write,
  };
}

/** Gives the tokens as the file has them now, read again only when it was replaced. */
function createFollower(path: string): () => readonly StoredToken[] {
  let seen: string | undefined;
  let tokens: readonly StoredToken[] = [];
  return () => {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    const version = stats && `${stats.ino} ${stats.mtimeNs} ${stats.ctimeNs} ${stats.size} ${stats.mode}`;
    if (version === undefined || version !== seen) {
      tokens = readTokenFile(path);
      seen = version;
    }
    return tokens;
  };
}

function readForCaller(read: () => readonly StoredToken[]): readonly StoredToken[] {
  try {
    return read();
  } catch (error) {
    throw new TokensUnusable(`Nobody is let in: ${(error as Error).message}`, { cause: error });
  }
}

/** Reads, changes and writes the file as the only one who does. */
function changeFile<T>(path: string, change: (tokens: StoredToken[]) => T): T {
  let lock: FileLock | undefined;
  try {
    lock = tryLock(path, 5000);
    if (lock === undefined) {
      throw new PpsError("bad_input", `Another process has been changing the token file ${path} for 5 seconds.`, {
        hint: "Let it finish, then try again.",
      });
    }
    const tokens = readTokenFile(path);
    const result = change(tokens);
    writeTokenFile(path, tokens);
    return result;
  } catch (error) {
    throw explain(error, path);
  } finally {
    lock?.release();
  }
}

function explain(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (isPpsError(error) || typeof code !== "string") return error;
  return new PpsError("bad_input", `The token file ${path} cannot be written (${code}).`, {
    hint: "Name the state directory of the server with --state; its owner alone, and root, may write there.",
  });
}

function validOf(tokens: readonly StoredToken[], name: string): StoredToken[] {
  return tokens.filter((token) => token.name === name && token.revoked === undefined);
}

function noToken(name: string, id?: string): PpsError {
  const which = id === undefined ? "" : ` with the id ${id}`;
  return new PpsError("not_found", `There is no valid token of the name ${name}${which}.`, {
    hint: "pps tokens list shows those there are.",
  });
}

function digest(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
