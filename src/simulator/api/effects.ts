import type { Verdict } from "../mail.ts";
import type { Effect } from "../store/pending-effects.ts";
import type { StoredMessage } from "../store/store.ts";
import { composeForward } from "./forward-mail.ts";
import type { ApiParts } from "./parts.ts";

/** Carries actions out, one after another, now or when they fall due. */
export interface Effects {
  /** Runs work in turn with all other effects. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Carries out one effect; only inside `inTurn`. Rejects when the mail could not be sent. */
  carryOut(effect: Effect): Promise<void>;
  /** Remembers an effect for later. `delay` is in milliseconds. */
  later(effect: Effect, delay: number): void;
  /** Waits until everything that is due has happened. */
  settle(): Promise<void>;
  /** Stops the timer; pending effects stay in the store. */
  close(): void;
}

const longestTimer = 2_147_483_647;

/** Wakes up when an effect falls due on the gateway's clock, whether time runs or is moved. */
export function createEffects({ store, clock, gateway, outbound, quirks, random, report }: ApiParts): Effects {
  const ids = random.fork("effects");
  let turn: Promise<unknown> = Promise.resolve();
  /** The last round of due effects, over or not: whoever looks at the mail waits for it, but not for actions under way. */
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };
  const settle = async () => {
    const due = isClosed ? undefined : store.nextDue();
    if (due !== undefined && due <= clock.now()) running = inTurn(carryOutDue);
    await running;
  };
  const settleReporting = () => {
    settle()
      .then(setTimer)
      .catch((error: unknown) => report(`pending effects stopped: ${String(error)}`));
  };
  clock.onChange(settleReporting);
  setTimer();

  return {
    inTurn,
    carryOut,
    later(effect, delay) {
      store.schedule(clock.now() + delay, effect);
      setTimer();
    },
    settle,
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };

  async function carryOutDue(): Promise<void> {
    for (const { id, effect } of store.dueEffects(clock.now())) {
      // Forgotten first: after a crash in between the mail stays held, which an administrator can see; sent twice it could not be undone.
      store.forgetEffect(id);
      try {
        await carryOut(effect);
      } catch (error) {
        report(`accepted ${effect.action} of ${effect.localGuid} failed: ${String(error)}`);
      }
    }
  }

  function setTimer(): void {
    clearTimeout(timer);
    const due = isClosed || clock.isStopped() ? undefined : store.nextDue();
    if (due === undefined) return;
    timer = setTimeout(settleReporting, Math.min(Math.max(due - clock.now(), 0), longestTimer));
    timer.unref();
  }

  /** A message that has gone in the meantime is nobody's error: the effect does not take place. */
  async function carryOut(effect: Effect): Promise<void> {
    const message = store.findByLocalGuid(effect.localGuid).find(({ folder }) => folder === effect.folder);
    if (message === undefined) return;
    switch (effect.action) {
      case "release":
        return release(effect, message);
      case "forward":
        return forward(effect, message);
      case "resubmit":
        return resubmit(effect, message);
      case "move":
        note("moved", effect, message);
        store.move(message, effect.targetFolder ?? message.folder);
        return;
      case "delete":
        note("deleted", effect, message);
        if (effect.targetFolder === undefined) store.remove(message);
        else store.move(message, effect.targetFolder);
        return;
    }
  }

  async function release(effect: Effect, message: StoredMessage): Promise<void> {
    const { guid, from, rcpts } = message;
    if (effect.scan) {
      const verdict = await gateway.rescan(store.arrivalOf(message));
      if (verdict.action !== "deliver") return holdAgain(effect, message, verdict);
    }
    const envelope = { from, to: rcpts };
    const reached = await outbound.deliver({ guid, envelope, raw: store.raw(message), cause: "released" });
    note("released", effect, message, reached);
    putAside(effect, message, "Released");
  }

  /** What a scan objects to is not released; it goes where the scan would have held it. */
  function holdAgain(effect: Effect, message: StoredMessage, { folder = message.folder }: Verdict): void {
    const held = folder === message.folder ? message : store.move(message, folder);
    store.note({ effect: "held", guid: held.guid, localGuid: held.localGuid, folder, requestId: effect.requestId });
  }

  async function forward(effect: Effect, message: StoredMessage): Promise<void> {
    if (effect.forward === undefined) throw new Error("A forward needs somebody to go to.");
    const { guid } = message;
    const { to } = effect.forward;
    const mail = await composeForward(message, store.raw(message), effect.forward, clock.now(), ids.guid());
    const envelope = { from: mail.from, to };
    const reached = await outbound.deliver({ guid, envelope, raw: mail.raw, cause: "forwarded" });
    note("forwarded", effect, message, reached);
    putAside(effect, message, "Forwarded");
  }

  async function resubmit(effect: Effect, message: StoredMessage): Promise<void> {
    const before = store.arrivalOf(message);
    const guid = quirks["resubmitted-guid"] === "new" ? ids.guid() : before.guid;
    await gateway.process({ ...before, guid, qid: ids.qid(), sid: ids.sid(), receivedAt: clock.now() });
    store.remove(message);
    note("resubmitted", effect, message);
  }

  function putAside(effect: Effect, message: StoredMessage, text: string): void {
    store.addStatus(message, { text, at: Math.floor(clock.now() / 1000), user: effect.username });
    if (effect.targetFolder !== undefined) store.move(message, effect.targetFolder);
  }

  function note(
    kind: "released" | "forwarded" | "resubmitted" | "moved" | "deleted",
    { targetFolder, requestId }: Effect,
    { guid, localGuid, folder }: StoredMessage,
    recipients?: string[],
  ): void {
    store.note({ effect: kind, guid, localGuid, folder, targetFolder, recipients, requestId });
  }
}
