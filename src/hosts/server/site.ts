import type { Holder } from "./access/holder.ts";
import type { Profiles } from "./calls/profiles.ts";
import type { RunningCalls } from "./calls/running-calls.ts";
import type { Gate } from "./limits/gate.ts";
import type { Limits } from "./limits/limits.ts";
import type { Rate } from "./limits/rate.ts";

/** What all requests of one server stand on. */
export interface Site {
  profiles: Profiles;
  limits: Limits;
  gate: Gate;
  rate: Rate;
  running: RunningCalls;
  /** Who shows this Authorization header; undefined where nobody is let in by it. */
  authenticate(header: string | undefined): Holder | undefined;
  /** No token is asked for, so that only programs of this machine may call. */
  isAnonymous: boolean;
  /** No more calls are taken. */
  isStopping(): boolean;
}
