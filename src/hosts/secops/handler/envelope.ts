import type { Json } from "../../../core/steps.ts";

/** The only version of the envelope there is. */
export const envelopeVersion = 1;

/** A value of a parameter or of the configuration, as the platform keeps it; `""` and null both mean absent. */
export type GivenValue = string | number | boolean | null;

/** An entity an action is to work on, in its original spelling. */
export interface TargetEntity {
  identifier: string;
  type: string;
}

/** Who runs an action, and how long it may take. */
export interface RunFacts {
  caseId: string | null;
  alertId: string | null;
  environment: string | null;
  integrationInstance: string | null;
  /** The playbook run; null for a run by hand. */
  workflowInstanceId: string | null;
  /** Time left, counted from the request's arrival, since clocks may differ. */
  budgetMs: number;
}

/** What a bridge asks for: one action, with all it needs. */
export interface ActionRequest {
  version: 1;
  /** UUID v4; the same when a bridge asks again. */
  requestId: string;
  package: { identifier: string; version: string };
  action: string;
  parameters: Readonly<Record<string, GivenValue>>;
  /** The instance's configuration without what is the bridge's own. */
  config: Readonly<Record<string, GivenValue>>;
  entities: readonly TargetEntity[];
  context: RunFacts;
}

/**
 * How an action ended. `failed`: nothing was changed. `timed_out`: a change was sent and may have happened. Everything
 * else is `completed`, and `result` says whether all of it was done.
 */
export type ActionState = "completed" | "failed" | "timed_out";

/** A table for the case wall. */
export interface ActionTable {
  title: string;
  /** CSV lines, the header first. */
  rows: string[];
}

/** Properties to be merged into an entity's own. */
export interface EnrichedEntity {
  identifier: string;
  type: string;
  properties: Record<string, string>;
}

/** A file for the bridge to write or to attach. */
export interface ActionFile {
  name: string;
  base64: string;
  /** To be attached to the case wall. */
  caseWall: boolean;
  /** Parameter of the request that names the folder; a path never comes from here. */
  directoryParameter?: string;
  /** False leaves a file that exists as it is. @default false */
  overwrite?: boolean;
}

/** What became of an action. */
export interface ActionReply {
  version: 1;
  requestId: string;
  /** The product's version. */
  server: string;
  state: ActionState;
  /** What playbooks see as `is_success`. */
  result: boolean;
  /** Whole, with its failure lead where there is one. */
  message: string;
  json?: Json;
  tables?: ActionTable[];
  entities?: EnrichedEntity[];
  files?: ActionFile[];
  /** Something was over a limit and is missing; `message` says what. */
  truncated?: boolean;
}

/** The body of an answer to something that is no request: nothing was begun. */
export type EnvelopeRefusal =
  | { error: "unsupported_version"; supported: number[] }
  | { error: "bad_request"; message: string };
