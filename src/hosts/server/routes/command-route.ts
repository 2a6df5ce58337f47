import type { IncomingMessage } from "node:http";
import type { Command } from "../../../core/command.ts";
import { readInput } from "../../../core/read-input.ts";
import { carryOutOnRecord } from "../calls/audited-call.ts";
import type { CallEnd, Found } from "../calls/call.ts";
import { beginLife, type Life } from "../calls/life.ts";
import { tellArguments } from "../calls/told-arguments.ts";
import { readKey } from "../idempotency/idempotency-key.ts";
import { readDeadline } from "../limits/deadline.ts";
import type { Site } from "../site.ts";
import { type Admission, admit } from "./admission.ts";
import { type AnswerForm, chooseForm } from "./answer-form.ts";
import { type Asked, answerJson, answerLines, answerMail, answerPage } from "./answers.ts";
import { type GivenInput, inputOfBody, inputOfQuery } from "./given-input.ts";
import { refuseWhenStopping } from "./guard.ts";
import { answerOnce } from "./keyed-answer.ts";
import { onceClosed, type VisitContext } from "./visit.ts";

/** A call as it was let in and read. */
interface Order extends Admission, GivenInput {
  command: Command;
  form: AnswerForm;
  key: string | undefined;
}

const answers = { json: answerJson, lines: answerLines, page: answerPage, mail: answerMail };

/** Answers one request for a command: lets it in, reads it, carries it out. Throws what it refuses. */
export async function answerCommand(command: Command, c: VisitContext, site: Site): Promise<Response> {
  const admission = admit(command, c, site);
  const form = chooseForm(command, c.req.header("accept"));
  const key = command.effect === "read" ? undefined : readKey(c.req.header("idempotency-key"));
  const deadlineSeconds = readDeadline(c.req.header("request-timeout"), site.limits);
  const given = await readGiven(command, c, site);
  refuseWhenStopping(site.running);
  // Refused before it waits for its turn, and before anything is written down.
  readInput(command, given.raw, { now: Date.now() });
  const life = beginLife(deadlineSeconds, site.running.cutOff);
  const unread = new AbortController();
  onceClosed(c, () => {
    if (c.env.outgoing.writableFinished) return;
    unread.abort();
    // Without a reader a search has no purpose; a change goes on to its end.
    if (command.effect === "read") life.leave();
  });
  const asked: Asked = { command, visit: c.var.visit, signal: life.signal, unread: unread.signal };
  return perform({ ...admission, ...given, command, form, key }, asked, life, site);
}

function perform(order: Order, asked: Asked, life: Life, site: Site): Promise<Response> {
  const { command, form, key } = order;
  const { requestId } = asked.visit;
  const work = (found: Found) => site.running.track(carryOutInTurn(order, requestId, life, found, site));
  if (key === undefined || order.dryRun) return answers[form](asked, work);
  const { raw, profile, holder } = order;
  const keyed = { who: holder.name, key, parts: [command.name, profile.name, form, tellArguments(command, raw)] };
  // Waited for as a whole: the answer has yet to be kept when the work has ended.
  return site.running.track(answerOnce(keyed, asked, work, answers[form], site.onceOnly).finally(life.end));
}

async function carryOutInTurn(order: Order, requestId: string, life: Life, found: Found, site: Site): Promise<CallEnd> {
  let exit = () => {};
  try {
    exit = await site.gate.enter(life.signal);
    return await carryOutOnRecord({ ...order, requestId, signal: life.signal }, order.holder, found, site);
  } catch (error) {
    // Turned away at the gate: nothing was begun.
    return { error, trace: { mayHaveChanged: 0, ppsRequestIds: [] } };
  } finally {
    exit();
    life.end();
  }
}

function readGiven(command: Command, c: VisitContext, site: Site): GivenInput | Promise<GivenInput> {
  const query = new URL(c.req.url).searchParams;
  if (c.req.method === "GET") return inputOfQuery(command, query);
  return inputOfBody(command, c.env.incoming as IncomingMessage, query, site.limits.bodyBytes);
}
