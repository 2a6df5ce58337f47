import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Effect } from "../store/pending-effects.ts";
import { actionAnswer, familyOf } from "./action-answer.ts";
import { type ActionOrder, readActionOrder } from "./action-order.ts";
import type { RequestVariables } from "./api.ts";
import type { Effects } from "./effects.ts";
import { readJsonBody } from "./json-body.ts";
import type { RouteParts } from "./parts.ts";
import { type Refusal, WrongRequest } from "./refusal.ts";

/** Milliseconds of the gateway's time until an accepted action takes effect. */
const delays = { "at-once": 0, soon: 2_000, late: 600_000 } as const;

/** An id and why it cannot be acted upon. */
interface Sorted {
  localGuid: string;
  refusal?: Refusal;
  isIgnored?: boolean;
}

/** `POST /quarantine`: release, forward, resubmit, move, delete (pps-api.md 4). */
export function quarantineAction(
  parts: RouteParts,
  effects: Effects,
): (context: Context<{ Variables: RequestVariables }>) => Promise<Response> {
  const { store, quirks, refusals } = parts;

  return async (context) => {
    const order = readActionOrder(await readBody(context), parts);
    return effects.inTurn(() => act(order, context.get("requestId"), context.get("account").username));
  };

  async function readBody(context: Context): Promise<unknown> {
    if (new URL(context.req.url).search !== "") throw new WrongRequest("an action takes no query parameters");
    return readJsonBody(context);
  }

  async function act(order: ActionOrder, requestId: string, username: string): Promise<Response> {
    const sorted = order.localGuids.map((localGuid) => sort(order, localGuid));
    const firstBad = sorted.findIndex(({ refusal }) => refusal !== undefined);
    const refusal = sorted[firstBad]?.refusal;
    for (const { localGuid } of chosen(sorted, firstBad)) {
      await perform({ ...effectOf(order), localGuid, requestId, username });
    }
    const isSkipped = quirks["batch-bad-id"] === "skipped" && sorted.length > 1;
    if (refusal !== undefined && !isSkipped) throw refusal;
    return actionAnswer(order.action, order.localGuids.join(","), quirks);
  }

  /** The ids to act upon, the bad one at `firstBad` in mind (pps-api.md 10 row 3). */
  function chosen(sorted: readonly Sorted[], firstBad: number): Sorted[] {
    const good = (list: readonly Sorted[]) => list.filter(({ refusal, isIgnored }) => !refusal && !isIgnored);
    if (firstBad < 0) return good(sorted);
    switch (quirks["batch-bad-id"]) {
      case "all-refused":
        return [];
      case "first-part-done":
        return good(sorted.slice(0, firstBad));
      case "good-ones-done":
      case "skipped":
        return good(sorted);
    }
  }

  /** The folder must be where the message is now, whatever the id looks like (pps-api.md 11, point 5). */
  function sort({ folder }: ActionOrder, localGuid: string): Sorted {
    const found = store.findByLocalGuid(localGuid);
    if (found.some((message) => message.folder === folder.name)) return { localGuid };
    if (found.length > 0) return { localGuid, refusal: refusals.make("not-in-folder", localGuid) };
    const gone = quirks["gone-id"];
    if (gone === "accepted") return { localGuid, isIgnored: true };
    return { localGuid, refusal: refusals.make("gone", localGuid, Number(gone) as ContentfulStatusCode) };
  }

  async function perform(effect: Effect): Promise<void> {
    const time = quirks[`${familyOf(effect.action)}-effect`];
    if (time === "never") return;
    if (time !== "at-once") return effects.later(effect, delays[time]);
    try {
      await effects.carryOut(effect);
    } catch (error) {
      parts.report(`${effect.action} of ${effect.localGuid} failed: ${String(error)}`);
      throw refusals.make("no-delivery", effect.localGuid, 500);
    }
  }
}

function effectOf({
  action,
  folder,
  target,
  scan,
  forward,
}: ActionOrder): Omit<Effect, "localGuid" | "requestId" | "username"> {
  return { action, folder: folder.name, targetFolder: target?.name, scan, forward };
}
