import type { Command } from "../../../core/command.ts";
import { readInput } from "../../../core/read-input.ts";
import type { Holder } from "../access/holder.ts";
import { carryOut } from "../calls/call.ts";
import { beginLife } from "../calls/life.ts";
import type { OpenProfile } from "../calls/profiles.ts";
import { readDeadline } from "../limits/deadline.ts";
import type { Site } from "../site.ts";
import { admit } from "./admission.ts";
import { chooseForm } from "./answer-form.ts";
import { type Asked, answerJson, answerLines, answerMail, type Work } from "./answers.ts";
import { type GivenInput, inputOfBody, inputOfQuery } from "./given-input.ts";
import type { VisitContext } from "./visit.ts";

const answers = { json: answerJson, lines: answerLines, mail: answerMail };

/** Answers one request for a command: lets it in, reads it, carries it out. Throws what it refuses. */
export async function answerCommand(command: Command, c: VisitContext, site: Site): Promise<Response> {
  const { holder, profile } = admit(command, c, site);
  const form = chooseForm(command, c.req.header("accept"));
  const deadlineSeconds = readDeadline(c.req.header("request-timeout"), site.limits);
  const given = await readGiven(command, c, site);
  // Refused before it waits for its turn, and before anything is written down.
  readInput(command, given.raw, { now: Date.now() });
  return perform({ command, given, profile, holder, deadlineSeconds, form }, c, site);
}

interface Order {
  command: Command;
  given: GivenInput;
  profile: OpenProfile;
  holder: Holder;
  deadlineSeconds: number;
  form: keyof typeof answers;
}

async function perform(order: Order, c: VisitContext, site: Site): Promise<Response> {
  const { command, given, profile, deadlineSeconds, form } = order;
  const { requestId } = c.var.visit;
  const life = beginLife(deadlineSeconds, site.running.cutOff);
  // Without a reader a search has no purpose; a change goes on to its end.
  const leave = command.effect === "read" ? life.leave : () => {};
  c.env.outgoing.once("close", leave);
  const work: Work = (found) => {
    const done = async () => {
      try {
        const exit = await site.gate.enter(life.signal);
        try {
          return await carryOut({ command, ...given, profile, requestId, signal: life.signal }, found);
        } finally {
          exit();
        }
      } finally {
        life.end();
      }
    };
    return site.running.track(done());
  };
  const asked: Asked = { command, requestId, leave };
  return answers[form](asked, work);
}

function readGiven(command: Command, c: VisitContext, site: Site): GivenInput | Promise<GivenInput> {
  const query = new URL(c.req.url).searchParams;
  if (c.req.method === "GET") return inputOfQuery(command, query);
  return inputOfBody(command, c.env.incoming as Parameters<typeof inputOfBody>[1], query, site.limits.bodyBytes);
}
