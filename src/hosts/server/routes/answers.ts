import { createChannel } from "../../../client/channel.ts";
import { fileBytes } from "../../../client/http/reply.ts";
import type { Command } from "../../../core/command.ts";
import type { MailFile } from "../../../core/mail-file.ts";
import type { CallEnd } from "../calls/call.ts";
import { mediaTypes } from "./answer-form.ts";
import { problemOf, problemResponse } from "./problem.ts";

/** Carries the call out, handing items on; it never rejects. */
export type Work = (found: (items: readonly unknown[]) => void | Promise<void>) => Promise<CallEnd>;

/** What an answer is made for. */
export interface Asked {
  command: Command;
  requestId: string;
  /** Called when the reader of a stream has left. */
  leave: () => void;
}

/** Answers with one JSON object, as the library gives it. An error keeps what was done before it. */
export async function answerJson({ command, requestId }: Asked, work: Work): Promise<Response> {
  const items: unknown[] = [];
  const end = await work((more) => {
    for (const item of more) items.push(item);
  });
  if (end.error !== undefined || end.summary === undefined) return failure(end.error, requestId, command, items);
  const body = command.list === undefined ? end.summary : { [command.list]: items, ...end.summary };
  return new Response(`${JSON.stringify(body)}\n`, { headers: { "content-type": mediaTypes.json } });
}

/** What a change led to before it broke off must not be lost. */
function failure(error: unknown, requestId: string, command: Command, items: readonly unknown[]): Response {
  const body = problemOf(error, requestId);
  const isHalfDone = command.effect !== "read" && command.list !== undefined && items.length > 0;
  return problemResponse(isHalfDone ? { ...body, [command.list ?? ""]: items, truncated: true } : body);
}

/** Answers with the raw message. */
export async function answerMail({ requestId }: Asked, work: Work): Promise<Response> {
  const end = await work(() => {});
  if (end.error !== undefined || end.summary === undefined) return problemResponse(problemOf(end.error, requestId));
  const { file, fileName } = end.summary as { file: MailFile; fileName: string };
  const bytes = fileBytes(file);
  const headers = {
    "content-type": mediaTypes.mail,
    "content-length": String(bytes.length),
    // The command's own names are safe in quotes: letters, digits, dots, dashes.
    "content-disposition": `attachment; filename="${fileName}"`,
  };
  return new Response(bytes as Uint8Array<ArrayBuffer>, { headers });
}

/**
 * Answers with a line for each item as it comes, and a last one that holds nothing but `summary` or `error`: without it, the
 * list was cut off. The work waits while its reader is slow. An error before the first item is an answer of its own.
 */
export async function answerLines({ requestId, leave }: Asked, work: Work): Promise<Response> {
  const channel = createChannel<string>();
  const end = work((items) => channel.put([items.map((item) => `${JSON.stringify(item)}\n`).join("")]));
  channel.endWith(end);
  const pieces = channel.items();
  const first = await pieces.next();
  if (first.done) {
    const { error, summary } = await end;
    if (error !== undefined) return problemResponse(problemOf(error, requestId));
    return lines(`${JSON.stringify({ summary })}\n`);
  }
  const encoder = new TextEncoder();
  let next: Promise<IteratorResult<string, void>> | undefined = Promise.resolve(first);
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const piece = await (next ?? pieces.next());
        next = undefined;
        if (!piece.done) {
          controller.enqueue(encoder.encode(piece.value));
          return;
        }
        const { error, summary } = await end;
        const last = error === undefined ? { summary } : { error: problemOf(error, requestId) };
        controller.enqueue(encoder.encode(`${JSON.stringify(last)}\n`));
        controller.close();
      },
      cancel() {
        channel.discard();
        leave();
      },
    },
    // Nothing is taken ahead: what PPS is asked for follows what the reader takes.
    { highWaterMark: 0 },
  );
  return lines(body);
}

function lines(body: string | ReadableStream<Uint8Array>): Response {
  return new Response(body, { headers: { "content-type": mediaTypes.lines } });
}
