import { onceClosed, type VisitContext } from "../routes/visit.ts";
import type { Site } from "../site.ts";
import { faultOf } from "./log.ts";
import { knownMethod } from "./metrics.ts";

/** Counts a request and writes its line in the log once its answer has left, or its caller has. */
export function watchVisit(c: VisitContext, { log, metrics }: Pick<Site, "log" | "metrics">): void {
  const { visit } = c.var;
  const { outgoing } = c.env;
  const method = knownMethod(c.req.method);
  const began = performance.now();
  onceClosed(c, () => {
    const milliseconds = performance.now() - began;
    const status = outgoing.statusCode;
    const { fault, ...facts } = visit;
    const isLeft = !outgoing.writableFinished;
    metrics.request({ ...facts, code: visit.code, method, status, seconds: milliseconds / 1000 });
    const line = {
      ...facts,
      method,
      status,
      milliseconds: Math.round(milliseconds),
      ...(isLeft ? { callerLeft: true } : {}),
    };
    if (fault !== undefined && !isLeft) log.error({ ...line, fault: faultOf(fault) }, "fault");
    else log.info(line, "request");
  });
}
