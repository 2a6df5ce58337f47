import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { resetConnection } from "../tls/secure-listener.ts";
import { type CapturedAnswer, captureAnswer } from "./captured-answer.ts";
import { errorAnswer, loginPage } from "./error-answer.ts";
import type { Fault } from "./fault.ts";
import { peekBody } from "./peeked-body.ts";
import type { FaultPlan } from "./plan.ts";

const base = "/rest/v1";
const defaultMilliseconds = 1000;
const slowPieces = 20;

/** Puts the faults of a plan around a listener: before it where the request must have no effect, after it where it must. */
export function withFaults(listener: RequestListener, plan: FaultPlan): RequestListener {
  return (request, response) => {
    // Whatever is cut short here is cut on purpose; the client is the one who has to notice.
    apply(listener, plan, request, response).catch(() => response.destroy());
  };
}

async function apply(listener: RequestListener, plan: FaultPlan, request: IncomingMessage, response: ServerResponse) {
  const route = routeOf(request);
  const action = plan.asksForAction(route) ? actionIn(await peekBody(request)) : undefined;
  const fault = plan.take(route, action);
  if (!fault) return listener(request, response);
  if (fault.kind === "reset" || fault.kind === "refused") return resetConnection(request.socket);
  if (fault.kind === "status") return send(response, errorAnswer(fault));
  if (fault.kind === "html") return send(response, loginPage);
  const captured = captureAnswer(response);
  listener(request, response);
  await spoil(fault, await captured, request, response);
}

async function spoil(fault: Fault, answer: CapturedAnswer, request: IncomingMessage, response: ServerResponse) {
  const half = answer.body.subarray(0, Math.ceil(answer.body.length / 2));
  switch (fault.kind) {
    case "latency":
      await pause(fault.milliseconds ?? defaultMilliseconds, response);
      return send(response, answer);
    case "truncated-json":
      return send(response, { ...answer, body: half });
    case "cut-body":
      response.writeHead(answer.status, { ...answer.headers, "content-length": answer.body.length + 1 });
      response.write(half, () => request.socket.destroy());
      return;
    case "slow-body":
      return dribble(fault.milliseconds ?? defaultMilliseconds, answer, response);
    default:
      request.socket.destroy();
  }
}

async function dribble(milliseconds: number, answer: CapturedAnswer, response: ServerResponse): Promise<void> {
  response.writeHead(answer.status, { ...answer.headers, "content-length": answer.body.length });
  const size = Math.max(1, Math.ceil(answer.body.length / slowPieces));
  const pieces = Math.ceil(answer.body.length / size);
  for (let at = 0; at < answer.body.length; at += size) {
    await pause(milliseconds / pieces, response);
    response.write(answer.body.subarray(at, at + size));
  }
  response.end();
}

function send(response: ServerResponse, { status, headers, body }: CapturedAnswer): void {
  const { "transfer-encoding": _chunked, ...rest } = headers;
  response.writeHead(status, { ...rest, "content-length": body.length });
  response.end(body);
}

// Ends early, by throwing, when the client has gone: nothing of this may outlive its connection.
async function pause(milliseconds: number, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  const leave = () => gone.abort();
  response.once("close", leave);
  if (response.destroyed) leave();
  try {
    await wait(milliseconds, undefined, { signal: gone.signal });
  } finally {
    response.off("close", leave);
  }
}

const routeOf = ({ method, url = "/" }: IncomingMessage) => {
  const path = url.split("?")[0] ?? "/";
  return `${method} ${path.startsWith(base) ? path.slice(base.length) : path}`;
};

const actionIn = (body: Buffer) => /"action"\s*:\s*"([^"]*)"/.exec(body.toString("latin1"))?.[1];
