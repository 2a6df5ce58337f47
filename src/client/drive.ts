import type { MailContents, MailFile } from "../core/mail-file.ts";
import type { NameFacts } from "../core/name-facts.ts";
import type { Agree, Agreement, Ask, Reply, Retrieve, Retrieved, Step, Steps } from "../core/steps.ts";

/** What an asynchronous host gives to a command. */
export interface Host {
  /**
   * Throws PpsError when no whole answer came. When aborted it rejects with the signal's reason; a change that has
   * begun to leave is first given a moment to be answered.
   */
  ask(request: Ask, signal: AbortSignal): Promise<Reply>;
  /** Awaited before the command goes on, so that a slow consumer slows the work down. Never called twice at once. */
  found(items: readonly unknown[]): void | Promise<void>;
  progress(text: string): void;
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
  inspect(file: MailFile): Promise<MailContents>;
  recognise(names: readonly string[]): Promise<NameFacts[]>;
  /** Throws as `ask` does. */
  retrieve(request: Retrieve, signal: AbortSignal): Promise<Retrieved>;
  agree(plan: Agree, signal: AbortSignal): Agreement | Promise<Agreement>;
  /** Changes are described, never sent. */
  dryRun: boolean;
}

/**
 * Runs a command's steps to their end. Errors of the host are handed into the command first, which may deal with them.
 * An abort ends the work with the signal's reason, which no command gets to see: reads under way are cut off, a change
 * under way may still report its outcome, nothing new is begun.
 */
export function drive<T>(steps: Steps<T>, host: Host, signal: AbortSignal): Promise<T> {
  return new Drive(host).run(steps, signal);
}

class Drive {
  readonly #host: Host;
  #sink: Promise<void> = Promise.resolve();

  constructor(host: Host) {
    this.#host = host;
  }

  /** `stop` is the caller's signal, for jobs that run together also the failure of a neighbour. */
  async run<T>(steps: Steps<T>, stop: AbortSignal): Promise<T> {
    let turn = steps.next();
    while (!turn.done) {
      const step = turn.value;
      // What a change led to is still reported; only new work is held back.
      if (stop.aborted && step.kind !== "found") return end(steps, stop.reason);
      let answer: unknown;
      try {
        answer = await this.#answer(step, stop);
      } catch (error) {
        // Being cut off is nothing the job did; what became of a change that had left is its own affair.
        if (stop.aborted && (error === stop.reason || !isChange(step))) return end(steps, stop.reason);
        turn = steps.throw(error);
        continue;
      }
      turn = steps.next(answer);
    }
    return turn.value;
  }

  #answer(step: Step, stop: AbortSignal): unknown {
    switch (step.kind) {
      case "ask":
        if (this.#host.dryRun && isChange(step)) {
          throw new Error(`A dry run would have sent ${step.method} ${step.path}.`);
        }
        return this.#host.ask(step, stop);
      case "together":
        return this.#together(step.jobs, stop);
      case "found":
        return this.#found(step.items);
      case "progress":
        return this.#host.progress(step.text);
      case "pause":
        return this.#host.pause(step.milliseconds, stop);
      case "inspect":
        return this.#host.inspect(step.file);
      case "recognise":
        return this.#host.recognise(step.names);
      case "retrieve":
        return this.#host.retrieve(step, stop);
      case "agree":
        return this.#host.agree(step, stop);
    }
  }

  async #together(jobs: readonly Steps<unknown>[], outer: AbortSignal): Promise<unknown[]> {
    const ended = new AbortController();
    const stop = AbortSignal.any([outer, ended.signal]);
    let first: { error: unknown } | undefined;
    const results = await Promise.all(
      jobs.map(async (job) => {
        try {
          return await this.run(job, stop);
        } catch (error) {
          first ??= { error };
          ended.abort(error);
          return undefined;
        }
      }),
    );
    if (first !== undefined) throw first.error;
    return results;
  }

  /** Jobs side by side hand on their items one after another. */
  #found(items: readonly unknown[]): Promise<void> {
    const turn = this.#sink.then(() => this.#host.found(items));
    this.#sink = turn.catch(() => {});
    return turn;
  }
}

function isChange(step: Step): boolean {
  return step.kind === "ask" && step.effect !== "read";
}

/** Lets the command's own `finally` blocks run; what they would still ask for is not done. */
function end(steps: Steps<unknown>, reason: unknown): never {
  steps.return(undefined);
  throw reason;
}
