import { createChannel } from "../../../client/channel.ts";
import { fileBytes } from "../../../client/http/reply.ts";
import { version } from "../../../client/product.ts";
import type { Command } from "../../../core/command.ts";
import type { MailFile } from "../../../core/mail-file.ts";
import { renderReport, reportPolicy } from "../../../report/report.ts";
import type { CallEnd, Found } from "../calls/call.ts";
import { mediaTypes } from "./answer-form.ts";
import { problemResponse } from "./problem-answer.ts";
import { noteProblem, type Visit } from "./visit.ts";

/** Carries the call out, handing items on; it never rejects. */
export type Work = (found: Found) => Promise<CallEnd>;

/** What an answer is made for. */
export interface Asked {
  command: Command;
  visit: Visit;
  /** Aborted when the call is to end. */
  signal: AbortSignal;
  /** Aborted when there is nobody left to read the answer. */
  unread: AbortSignal;
}

/** Answers with one JSON object, as the library gives it. An error keeps what was done before it. */
export async function answerJson({ command, visit }: Asked, work: Work): Promise<Response> {
  const items: unknown[] = [];
  const { error, summary } = await work((more) => {
    for (const item of more) items.push(item);
  });
  if (summary === undefined) return refusal(error, visit, command, items);
  const body = command.list === undefined ? summary : { [command.list]: items, ...summary };
  return new Response(`${JSON.stringify(body)}\n`, { headers: { "content-type": mediaTypes.json } });
}

/** A page says what a browser may load for it, in place of what every other answer says. */
export const pageHeaders = {
  "content-type": `${mediaTypes.page}; charset=utf-8`,
  "content-security-policy": `${reportPolicy}; frame-ancestors 'none'`,
};

/** Answers with the report of the result. An error is a problem as ever, with what was done before it. */
export async function answerPage({ command, visit }: Asked, work: Work): Promise<Response> {
  const items: unknown[] = [];
  const { error, summary } = await work((more) => {
    for (const item of more) items.push(item);
  });
  if (summary === undefined) return refusal(error, visit, command, items);
  const page = renderReport(command.name, { items, summary }, { generatedAt: Date.now(), version });
  return new Response(page, { headers: pageHeaders });
}

/** What a change led to before it broke off must not be lost. */
function refusal(error: unknown, visit: Visit, command: Command, items: readonly unknown[] = []): Response {
  const body = noteProblem(error, visit);
  const isHalfDone = command.effect !== "read" && command.list !== undefined && items.length > 0;
  return problemResponse(isHalfDone ? { ...body, [command.list ?? ""]: items, truncated: true } : body);
}

/** Answers with the raw message. */
export async function answerMail({ command, visit }: Asked, work: Work): Promise<Response> {
  const { error, summary } = await work(() => {});
  if (summary === undefined) return refusal(error, visit, command);
  const { file, fileName } = summary as { file: MailFile; fileName: string };
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
export async function answerLines({ command, visit, signal, unread }: Asked, work: Work): Promise<Response> {
  const channel = createChannel<string>();
  // A reader who has left keeps no change from going on.
  unread.addEventListener("abort", channel.discard, { once: true });
  const aborted = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  // A call that is to end waits for no reader; what was handed on stays for him.
  const end = work((items) => Promise.race([channel.put([linesOf(items)]), aborted]));
  channel.endWith(end);
  const pieces = channel.items();
  const first = await pieces.next();
  if (first.done) {
    const { error, summary } = await end;
    return summary === undefined ? refusal(error, visit, command) : lines(linesOf([{ summary }]));
  }
  return lines(streamOf(first.value, pieces, end, visit));
}

function streamOf(
  first: string,
  pieces: AsyncGenerator<string, void, undefined>,
  end: Promise<CallEnd>,
  visit: Visit,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let taken: string | undefined = first;
  const next = async (): Promise<string | undefined> => {
    const piece = taken ?? (await pieces.next()).value;
    taken = undefined;
    return piece ?? undefined;
  };
  return new ReadableStream(
    {
      async pull(controller) {
        const piece = await next();
        controller.enqueue(encoder.encode(piece ?? linesOf([await lastLine(end, visit)])));
        if (piece === undefined) controller.close();
      },
    },
    // Nothing is taken ahead: what PPS is asked for follows what the reader takes.
    { highWaterMark: 0 },
  );
}

async function lastLine(end: Promise<CallEnd>, visit: Visit): Promise<object> {
  const { error, summary } = await end;
  return summary === undefined ? { error: noteProblem(error, visit) } : { summary };
}

function linesOf(items: readonly unknown[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join("");
}

function lines(body: string | ReadableStream<Uint8Array>): Response {
  return new Response(body, { headers: { "content-type": mediaTypes.lines } });
}
