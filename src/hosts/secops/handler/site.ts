import type { PpsOptions } from "../../../client/options/options.ts";
import type { ExecuteOptions } from "../../../client/pps.ts";
import type { Command } from "../../../core/command.ts";
import type { Ask } from "../../../core/steps.ts";
import type { RetryMemory } from "./retry-memory.ts";

/** What the actions of one process stand on. */
export interface HandlerSite {
  /** Origins of PPS and of the cloud API that may be called, none if it is empty; undefined allows any. */
  apiRoots: readonly string[] | undefined;
  /** Domains that are never blocked: `example.com`, or `*.example.com` for all below it. */
  neverBlock: readonly string[];
  /** Refuses `Verify SSL` switched off. @default false */
  forbidsUnverified?: boolean | undefined;
  /** What is known of a PPS beside what an instance says, such as its certificate authority. */
  optionsOf?: ((apiRoot: string) => Partial<PpsOptions>) | undefined;
  memory: RetryMemory;
  /** Whose memory it is, such as the name of the token: nobody is given another's reply. @default nobody's in particular */
  caller?: string | undefined;
  /** Told of a fault of our own, of which the reply says no more than that there was one. @default nobody */
  onFault?: ((error: unknown) => void) | undefined;
  /** Makes the client of one action. @default one over connections of its own */
  openClient?: OpenClient | undefined;
}

/** Runs commands for one action. */
export interface ActionClient {
  execute(command: Command, raw: Readonly<Record<string, unknown>>, options: ExecuteOptions): Promise<object>;
  close(): Promise<void>;
}

/**
 * Makes a client whose changes are told of: `changed` is called for each request after which something may be changed.
 * Throws PpsError `bad_input` for options that cannot work.
 */
export type OpenClient = (options: PpsOptions, changed: (request: Ask) => void) => ActionClient;
