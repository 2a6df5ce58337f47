import type { Writable } from "node:stream";
import { PpsError } from "../../core/errors.ts";
import { isLoopback } from "../../core/loopback.ts";
import type { ServedProfile } from "./calls/profiles.ts";
import type { Limits } from "./limits/limits.ts";
import type { KeyPair } from "./tls/certificate.ts";

/** What an action server is to be. */
export interface ServerOptions {
  /** The PPS it serves; the first is meant where a call names none. */
  profiles: readonly ServedProfile[];
  /** Where tokens, the audit log, idempotency keys and the made certificate are kept; made where it is missing. */
  stateDirectory: string;
  /** Address to listen on. @default 127.0.0.1 */
  host?: string | undefined;
  /** 0 takes any free one. @default 8443 */
  port?: number | undefined;
  /** A certificate of your own, PEM text. @default one made at the first start, kept in the state directory */
  certificate?: KeyPair | undefined;
  /** Plain HTTP, which only a loopback address may speak. @default false */
  plainHttp?: boolean | undefined;
  /** Takes calls without a token, with every right; only on a loopback address. @default false */
  anonymous?: boolean | undefined;
  /** Origins of PPS that may be reached, such as `https://pps.example.com:10000`. @default those of the profiles */
  allowOrigins?: readonly string[] | undefined;
  /** Refuses instances of SecOps that do not check the certificate of PPS. @default false */
  forbidsUnverified?: boolean | undefined;
  limits?: Partial<Limits> | undefined;
  /** Where log lines go, JSON each. @default standard error */
  log?: Writable | undefined;
}

/** Throws PpsError `bad_input` where others than this machine would reach what only it may, and for no address at all. */
export function requireLoopback({ plainHttp, anonymous }: ServerOptions, host: string): void {
  // Node takes nothing for all addresses, which is more than a variable that is not set should open.
  if (host.trim() === "") {
    throw new PpsError("bad_input", "The address to listen on is empty.", {
      field: "host",
      hint: "Leave --host out for this machine alone; 0.0.0.0 or :: stand for all addresses.",
    });
  }
  if (isLoopback(host)) return;
  if (anonymous) {
    throw new PpsError("bad_input", `Without tokens the server listens on a loopback address only, not on ${host}.`, {
      field: "anonymous",
      hint: "Make a token with pps tokens create and leave --anonymous out, or listen on 127.0.0.1.",
    });
  }
  if (plainHttp) {
    throw new PpsError("bad_input", `Plain HTTP is spoken on a loopback address only, not on ${host}.`, {
      field: "plainHttp",
      hint: "Leave --http out: the server makes a certificate of its own, or takes yours with --tls-cert and --tls-key.",
    });
  }
}
