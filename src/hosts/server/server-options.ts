import type { Writable } from "node:stream";
import type { ServedProfile } from "./calls/profiles.ts";
import type { Limits } from "./limits/limits.ts";

/** What an action server is to be. */
export interface ServerOptions {
  /** The PPS it serves; the first is meant where a call names none. */
  profiles: readonly ServedProfile[];
  /** Where tokens, the audit log, idempotency keys and the made certificate are kept; made with mode 0700 where it is missing. */
  stateDirectory: string;
  /** Address to listen on. @default 127.0.0.1 */
  host?: string | undefined;
  /** 0 takes any free one. @default 8443 */
  port?: number | undefined;
  /** A certificate of your own, PEM text. @default one made at the first start, kept in the state directory */
  certificate?: { cert: string; key: string } | undefined;
  /** Plain HTTP, which only a loopback address may speak. @default false */
  plainHttp?: boolean | undefined;
  /** Takes calls without a token, with every right; only on a loopback address. @default false */
  anonymous?: boolean | undefined;
  /** Origins of PPS that may be reached, such as `https://pps.example.com:10000`. @default those of the profiles */
  allowOrigins?: readonly string[] | undefined;
  limits?: Partial<Limits> | undefined;
  /** Where log lines go, JSON each. @default standard error */
  log?: Writable | undefined;
}
