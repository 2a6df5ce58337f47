import type { Quirks } from "../quirks.ts";
import type { ActionOrder } from "./action-order.ts";

/** The two families of actions, which answer and act differently (pps-api.md 4.3, 11). */
export function familyOf(action: ActionOrder["action"]): "queued" | "moved" {
  return action === "move" || action === "delete" ? "moved" : "queued";
}

const participles = {
  release: "released",
  forward: "forwarded",
  resubmit: "resubmitted",
  move: "moved",
  delete: "deleted",
} as const;

/** What the server says when it accepts an action; only the status can be relied upon. */
export function actionAnswer(action: ActionOrder["action"], localGuid: string, quirks: Quirks): Response {
  const family = familyOf(action);
  const status = Number(quirks[`${family}-status`]);
  const text =
    family === "queued"
      ? `Request sent. Message ${localGuid} will be ${participles[action]} momentarily`
      : `Successfully ${participles[action]} message ${localGuid}`;
  // A 204 cannot carry a body.
  const body = status === 204 ? "empty" : quirks[`${family}-body`];
  switch (body) {
    case "json":
      return Response.json({ status: text }, { status });
    case "nearly-json":
      return new Response(`{status: '${text}'}`, { status, headers: { "Content-Type": "application/json" } });
    case "text":
      return new Response(text, { status, headers: { "Content-Type": "text/plain" } });
    case "empty":
      return new Response(null, { status });
  }
}
