import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { RequestError } from "@hono/node-server";
import { PpsError } from "../../core/errors.ts";
import { faultOf } from "./observe/log.ts";
import { secureHeaders } from "./observe/secure-headers.ts";
import { Problem } from "./routes/problem.ts";
import { problemResponse } from "./routes/problem-answer.ts";
import { newVisit, noteProblem } from "./routes/visit.ts";
import type { Site } from "./site.ts";

type Watched = Pick<Site, "isSecure" | "log" | "metrics">;

/** Answers an error that came before the app had a request to look at, such as a Host header that is no name. */
export function answerUnreadable(error: unknown, { isSecure, log, metrics }: Watched): Response {
  const visit = newVisit();
  const response = problemResponse(noteProblem(error instanceof RequestError ? unreadable : error, visit));
  for (const [name, value] of [
    ...secureHeaders({ isSecure }),
    ["x-request-id", visit.requestId],
    ["connection", "close"],
  ])
    response.headers.set(name as string, value as string);
  const { status } = response;
  const { fault, ...facts } = visit;
  metrics.request({ ...facts, code: visit.code, method: "other", status, seconds: 0 });
  if (fault === undefined) log.info({ ...facts, status }, "request");
  else log.error({ ...facts, status, fault: faultOf(fault) }, "fault");
  return response;
}

/** Lets the server answer what is no HTTP as it answers everything else: Node's own answers say nothing but a status. */
export function watchUnreadable(server: Server, site: Watched): void {
  const calls = new WeakMap<Duplex, { incoming: IncomingMessage; outgoing: ServerResponse; isLast?: boolean }>();
  server.on("request", (incoming, outgoing) => calls.set(incoming.socket, { incoming, outgoing }));
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const refusal = refusalOf(error.code ?? "");
    const call = calls.get(socket);
    const isUnderWay = call !== undefined && !call.outgoing.writableFinished;
    // A request that came whole may be at work: it is answered, and nothing behind it is.
    if (refusal !== undefined && isUnderWay && call.incoming.complete) {
      if (!call.isLast) call.outgoing.once("finish", () => socket.end(() => socket.destroy()));
      call.isLast = true;
      return;
    }
    if (refusal === undefined || (isUnderWay && call.outgoing.headersSent) || !socket.writable) {
      socket.destroy();
      return;
    }
    void write(answerUnreadable(refusal, site), socket);
  });
}

const unreadable = new PpsError("bad_input", "The request is no HTTP that can be read, or its Host header is no name.");

function refusalOf(code: string): Error | undefined {
  if (code === "HPE_HEADER_OVERFLOW") return new Problem("too_large", "The head of the request is too large.");
  if (code === "ERR_HTTP_REQUEST_TIMEOUT")
    return new PpsError("bad_input", "The request did not come whole in its time.");
  // A connection that broke, and what does not speak TLS, get no answer.
  return code.startsWith("HPE_") ? unreadable : undefined;
}

async function write(response: Response, socket: Duplex): Promise<void> {
  const body = await response.text();
  const headers = [...response.headers, ["content-length", String(Buffer.byteLength(body))]];
  const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const status = `${response.status} ${STATUS_CODES[response.status]}`;
  socket.end(`HTTP/1.1 ${status}\r\n${head}\r\n${body}`, () => socket.destroy());
}
