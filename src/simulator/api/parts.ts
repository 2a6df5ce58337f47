import type { Accounts } from "../accounts.ts";
import type { Clock } from "../clock.ts";
import type { Folders } from "../folders.ts";
import type { Gateway, Outbound } from "../gateway.ts";
import type { Quirks } from "../quirks.ts";
import type { Random } from "../random.ts";
import type { Store } from "../store/store.ts";
import type { UserRefusals } from "./enduser-refusal.ts";
import type { Refusals } from "./refusal.ts";

/** What the API works with. */
export interface ApiParts {
  store: Store;
  quirks: Quirks;
  clock: Clock;
  folders: Folders;
  accounts: Accounts;
  gateway: Gateway;
  outbound: Outbound;
  random: Random;
  /** Most entries in one of a user's own lists. */
  userListLimit: number;
  /** Takes one line about a request that no right client would send. */
  report(line: string): void;
}

/** The same for the routes, with what they share. */
export interface RouteParts extends ApiParts {
  refusals: Refusals;
  userRefusals: UserRefusals;
}
