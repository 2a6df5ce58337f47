import { defaults } from "../../../client/options/settings.ts";
import { version } from "../../../client/product.ts";
import { isPpsError, PpsError } from "../../../core/errors.ts";
import { quoteValue } from "../../../core/quoted-value.ts";
import type { Ask } from "../../../core/steps.ts";
import type { SecopsAction } from "../catalogue/action.ts";
import { findAction } from "../catalogue/actions.ts";
import { works } from "./actions/performers.ts";
import { openClient } from "./client.ts";
import { type ActionReply, type ActionRequest, envelopeVersion } from "./envelope.ts";
import { type Instance, readInstance } from "./instance.ts";
import { fitJson } from "./json-cost.ts";
import { readParameters } from "./parameter-values.ts";
import type { Result, Run } from "./run.ts";
import type { HandlerSite } from "./site.ts";
import { fitMessage, reasonOf, sentences } from "./texts.ts";

/** Time kept back for the reply to reach the bridge, in milliseconds (secops-platform.md 1.3). */
const returnMs = 1000;

/**
 * Carries out one action and tells what became of it. Never rejects: whatever goes wrong is a reply. A repeated request
 * for a write gets the reply of the first.
 */
export async function handle(request: ActionRequest, site: HandlerSite, signal?: AbortSignal): Promise<ActionReply> {
  const action = findAction(request.action);
  if (action === undefined) return toReply(request, undefined, unknownAction(request));
  if (!action.writes) return toReply(request, action, await perform(action, request, site, signal));
  const { budgetMs: _, ...facts } = request.context;
  const { action: name, requestId, parameters } = request;
  const { "Api Root": apiRoot, Username: user } = request.config;
  const key = JSON.stringify([site.caller, requestId, name, parameters, apiRoot, user, facts]);
  return site.memory.once(key, async () => toReply(request, action, await perform(action, request, site, signal)));
}

function unknownAction({ action, package: from }: ActionRequest): Result {
  return {
    state: "failed",
    result: false,
    message: `The action server ${version} does not know the action ${quoteValue(action)} of package version ${quoteValue(from.version)}. Package and server must be of one release.`,
  };
}

async function perform(
  action: SecopsAction,
  request: ActionRequest,
  site: HandlerSite,
  signal: AbortSignal | undefined,
): Promise<Result> {
  const changed: Ask[] = [];
  let client: Run["client"] | undefined;
  const life = beginLife(action, request.context.budgetMs, signal);
  try {
    const parameters = readParameters(action, request.parameters, request.package.version);
    const instance = readInstance(request.config, site);
    client = (site.openClient ?? openClient)(instance.options, (ask) => void changed.push(ask));
    const work = works[action.name];
    if (work === undefined) throw new TypeError(`Nothing carries out ${action.name}.`);
    const step = stepOf(request, instance);
    return await work.perform({
      action,
      parameters,
      instance,
      client,
      changed,
      entities: request.entities,
      signal: life.signal,
      isDone: (item) => step !== undefined && site.memory.isDone(`${step}\n${item}`),
      noteDone: (item) => {
        if (step !== undefined) site.memory.noteDone(`${step}\n${item}`);
      },
    });
  } catch (error) {
    if (!isPpsError(error)) site.onFault?.(error);
    return failed(action, error, changed);
  } finally {
    life.end();
    await client?.close();
  }
}

/** Nothing was done, or nobody can say what was. */
function failed(action: SecopsAction, error: unknown, changed: readonly Ask[]): Result {
  const isUnknown = action.writes && changed.length > 0;
  const advice = isUnknown ? "Whether it happened is not known: look before you repeat it." : undefined;
  return {
    state: isUnknown ? "timed_out" : "failed",
    result: false,
    message: `${action.failureLead}: ${sentences([reasonOf(error), advice])}`,
    ...(action.writes ? { json: { success: [], failed: [], unknown: [] } } : {}),
  };
}

/** Which step of which playbook run this is; undefined for a run by hand, which is never held back. */
function stepOf({ context, action, parameters }: ActionRequest, { apiRoot }: Instance): string | undefined {
  const { integrationInstance, workflowInstanceId } = context;
  if (workflowInstanceId === null) return undefined;
  return JSON.stringify([apiRoot, integrationInstance, workflowInstanceId, action, parameters]);
}

function beginLife(action: SecopsAction, budgetMs: number, outer: AbortSignal | undefined) {
  const own = new AbortController();
  // A change that has left is still given its moment to be answered.
  const kept = returnMs + (action.writes ? defaults.graceMs : 0);
  const patience = Math.max(budgetMs - kept, budgetMs / 4);
  const timer = setTimeout(() => {
    own.abort(new PpsError("unreachable", "The time of the action was over before PPS had answered."));
  }, patience);
  const stop = () => own.abort(new PpsError("busy", "The action server stopped before the action was over."));
  if (outer?.aborted) stop();
  outer?.addEventListener("abort", stop, { once: true });
  return {
    signal: own.signal,
    end() {
      clearTimeout(timer);
      outer?.removeEventListener("abort", stop);
    },
  };
}

function toReply(request: ActionRequest, action: SecopsAction | undefined, result: Result): ActionReply {
  const { state = "completed", tables = [], entities = [], files = [] } = result;
  const fitted = result.json === undefined ? undefined : fitJson(result.json);
  const isCut = fitted?.isCut ?? false;
  const message = isCut
    ? sentences([result.message, "The JSON result was too large for the platform and holds the first records only"])
    : result.message;
  const isTold = action?.example !== undefined && fitted !== undefined;
  return {
    version: envelopeVersion,
    requestId: request.requestId,
    server: version,
    state,
    result: result.result,
    message: fitMessage(message),
    ...(isTold ? { json: fitted.json } : {}),
    ...(tables.length > 0 ? { tables } : {}),
    ...(entities.length > 0 ? { entities } : {}),
    ...(files.length > 0 ? { files } : {}),
    ...(isCut || result.truncated ? { truncated: true } : {}),
  };
}
