import type { IncomingMessage } from "node:http";
import { findAction } from "../../secops/catalogue/actions.ts";
import { works } from "../../secops/handler/actions/performers.ts";
import type { ActionRequest } from "../../secops/handler/envelope.ts";
import { handle } from "../../secops/handler/handle.ts";
import { EnvelopeError, readRequest } from "../../secops/handler/read-request.ts";
import { commandNamed } from "../../secops/handler/run.ts";
import { type Holder, missingScopes } from "../access/holder.ts";
import { beginLife } from "../calls/life.ts";
import { readBody } from "../limits/body.ts";
import { faultOf } from "../observe/log.ts";
import type { Site } from "../site.ts";
import { identify } from "./admission.ts";
import { refuseWhenStopping } from "./guard.ts";
import { Problem } from "./problem.ts";
import { onceClosed, type VisitContext } from "./visit.ts";

/** Where the actions of Google SecOps are carried out. */
export const actionsPath = "/v1/actions";

/** Answers one request in the envelope of secops-platform.md 1. What it throws was refused before anything was begun. */
export async function answerAction(c: VisitContext, site: Site): Promise<Response> {
  const { visit } = c.var;
  const arrived = performance.now();
  const holder = identify(c, site);
  site.rate.count(holder.name);
  if (!/^application\/json\s*(;|$)/i.test(c.req.header("content-type") ?? "")) {
    throw new Problem("unsupported_media_type", "The body must be JSON, and say so: Content-Type: application/json.");
  }
  const text = await readBody(c.env.incoming as IncomingMessage, site.limits.bodyBytes);
  refuseWhenStopping(site.running);
  let request: ActionRequest;
  try {
    request = readRequest(text);
  } catch (error) {
    if (!(error instanceof EnvelopeError)) throw error;
    visit.code = "bad_input";
    return json(error.refusal, 400);
  }
  visit.requestId = request.requestId;
  const action = findAction(request.action);
  if (action !== undefined) visit.command = action.name;
  admit(request, holder);
  const life = beginLife(request.context.budgetMs / 1000, site.running.cutOff);
  onceClosed(c, () => {
    // Without a reader a search has no purpose; a change goes on to its end.
    if (!c.env.outgoing.writableFinished && action?.writes !== true) life.leave();
  });
  return site.running.track(carryOut(request, holder, c, site, { signal: life.signal, arrived }).finally(life.end));
}

/** Where a request stands in time. */
interface Moment {
  signal: AbortSignal;
  /** By the monotonic clock, in milliseconds. */
  arrived: number;
}

async function carryOut(
  request: ActionRequest,
  holder: Holder,
  c: VisitContext,
  site: Site,
  { signal, arrived }: Moment,
): Promise<Response> {
  const exit = await site.gate.enter(signal).catch((error: unknown) => {
    // Before its turn nothing was begun: the caller must not take it for a lost answer.
    throw error instanceof Problem && error.code === "deadline_passed"
      ? new Problem("overloaded", "The time of the action was over before its turn came; nothing was done.")
      : error;
  });
  try {
    const { visit } = c.var;
    const budgetMs = request.context.budgetMs - (performance.now() - arrived);
    const secops = site.secops(holder, visit.requestId, site);
    const onFault = (error: unknown) => {
      site.log.error({ requestId: visit.requestId, command: visit.command, fault: faultOf(error) }, "fault");
    };
    const timely = { ...request, context: { ...request.context, budgetMs } };
    const reply = await handle(timely, { ...secops, onFault }, signal);
    visit.state = reply.state;
    return json(reply);
  } finally {
    exit();
  }
}

/** Throws Problem `forbidden` for a token that lacks a scope of any command the action may call. */
function admit({ action }: ActionRequest, holder: Holder): void {
  const commands = works[action]?.commands ?? [];
  const missing = [...new Set(commands.flatMap((name) => missingScopes(holder, commandNamed(name))))];
  if (missing.length === 0) return;
  throw new Problem("forbidden", `The token ${holder.name} may not run the action ${action}.`, {
    hint: `It lacks the scope ${missing.join(" and ")}.`,
  });
}

function json(body: object, status = 200): Response {
  return new Response(`${JSON.stringify(body)}\n`, { status, headers: { "content-type": "application/json" } });
}
