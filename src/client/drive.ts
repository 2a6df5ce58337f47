import type { MailContents, MailFile } from "../core/mail-file.ts";
import type { Ask, Reply, Step, Steps } from "../core/steps.ts";

/** What an asynchronous host gives to a command. */
export interface Host {
  /** Throws PpsError when no whole answer came; rejects with the signal's reason when aborted. */
  ask(request: Ask, signal: AbortSignal): Promise<Reply>;
  /** Awaited before the command goes on, so that a slow consumer slows the work down. Never called twice at once. */
  found(items: readonly unknown[]): void | Promise<void>;
  progress(text: string): void;
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
  inspect(file: MailFile): Promise<MailContents>;
  /** Changes are described, never sent. */
  dryRun: boolean;
}

/**
 * Runs a command's steps to their end. Errors of the host are handed into the command first, which may deal with them.
 * An abort ends the work at once with the signal's reason and is not handed in: it is nothing a command can answer.
 */
export function drive<T>(steps: Steps<T>, host: Host, signal: AbortSignal): Promise<T> {
  return new Drive(host, signal).run(steps, { stop: new AbortController().signal, reads: signal });
}

/** What ends a job; made once for all jobs that run together, since joining signals has its price. */
interface Scope {
  /** A neighbour failed: what is under way is let finish, nothing new is begun. */
  stop: AbortSignal;
  /** The caller's signal and `stop`: reads under way are cut off by either. */
  reads: AbortSignal;
}

class Drive {
  readonly #host: Host;
  readonly #signal: AbortSignal;
  #sink: Promise<void> = Promise.resolve();

  constructor(host: Host, signal: AbortSignal) {
    this.#host = host;
    this.#signal = signal;
  }

  async run<T>(steps: Steps<T>, scope: Scope): Promise<T> {
    let turn = steps.next();
    while (!turn.done) {
      if (this.#signal.aborted) return this.#end(steps, this.#signal.reason);
      // What a change led to is still reported; only new work is held back.
      if (scope.stop.aborted && turn.value.kind !== "found") return this.#end(steps, scope.stop.reason);
      let answer: unknown;
      try {
        answer = await this.#answer(turn.value, scope);
      } catch (error) {
        if (this.#signal.aborted) return this.#end(steps, this.#signal.reason);
        turn = steps.throw(error);
        continue;
      }
      turn = steps.next(answer);
    }
    return turn.value;
  }

  /** Lets the command's own `finally` blocks run; what they would still ask for is not done. */
  #end(steps: Steps<unknown>, reason: unknown): never {
    steps.return(undefined);
    throw reason;
  }

  #answer(step: Step, scope: Scope): unknown {
    switch (step.kind) {
      case "ask":
        return this.#ask(step, scope);
      case "together":
        return this.#together(step.jobs, scope);
      case "found":
        return this.#found(step.items);
      case "progress":
        return this.#host.progress(step.text);
      case "pause":
        return this.#host.pause(step.milliseconds, scope.reads);
      case "inspect":
        return this.#host.inspect(step.file);
    }
  }

  #ask(request: Ask, scope: Scope): Promise<Reply> {
    if (request.effect === "read") return this.#host.ask(request, scope.reads);
    if (this.#host.dryRun) throw new Error(`A dry run would have sent ${request.method} ${request.path}.`);
    // A change under way is not cut off because of a neighbour: its outcome would be lost.
    return this.#host.ask(request, this.#signal);
  }

  async #together(jobs: readonly Steps<unknown>[], outer: Scope): Promise<unknown[]> {
    const ended = new AbortController();
    const scope: Scope = {
      stop: AbortSignal.any([outer.stop, ended.signal]),
      reads: AbortSignal.any([outer.reads, ended.signal]),
    };
    let first: { error: unknown } | undefined;
    const results = await Promise.all(
      jobs.map(async (job) => {
        try {
          return await this.run(job, scope);
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
