import type { Holder } from "./access/holder.ts";
import type { Books } from "./calls/audited-call.ts";
import type { Profiles } from "./calls/profiles.ts";
import type { RunningCalls } from "./calls/running-calls.ts";
import type { SecopsSites } from "./calls/secops-site.ts";
import type { OnceOnly } from "./idempotency/once-only.ts";
import type { Gate } from "./limits/gate.ts";
import type { Limits } from "./limits/limits.ts";
import type { Rate } from "./limits/rate.ts";
import type { Metrics } from "./observe/metrics.ts";
import type { Readiness } from "./observe/readiness.ts";

/** What all requests of one server stand on. */
export interface Site extends Books {
  profiles: Profiles;
  limits: Limits;
  gate: Gate;
  rate: Rate;
  running: RunningCalls;
  onceOnly: OnceOnly;
  /** What the actions of Google SecOps stand on. */
  secops: SecopsSites;
  metrics: Metrics;
  /** Whether the PPS that is meant where none is named can be worked. */
  probe(): Promise<Readiness>;
  /** Who shows this Authorization header; undefined where nobody is let in by it. */
  authenticate(header: string | undefined): Holder | undefined;
  /** No token is asked for, so that only programs of this machine may call. */
  isAnonymous: boolean;
  /** Answers go over TLS. */
  isSecure: boolean;
}
