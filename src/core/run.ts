import type { MailContents, MailFile } from "./mail-file.ts";
import type { NameFacts } from "./name-facts.ts";
import type { Agree, Agreement, Ask, Reply, Retrieve, Retrieved, Step, Steps } from "./steps.ts";

/** What a host without an event loop gives to a command: every function blocks until it is done. */
export interface BlockingHost {
  /** Throws PpsError when no whole answer came. */
  ask(request: Ask): Reply;
  found(items: readonly unknown[]): void;
  progress(text: string): void;
  pause(milliseconds: number): void;
  inspect(file: MailFile): MailContents;
  recognise(names: readonly string[]): NameFacts[];
  retrieve(request: Retrieve): Retrieved;
  agree(plan: Agree): Agreement;
}

/** Runs a command's steps to their end, one after another. Errors of the host are handed to the command first. */
export function run<T>(steps: Steps<T>, host: BlockingHost): T {
  let turn = steps.next();
  while (!turn.done) {
    let answer: unknown;
    try {
      answer = answerStep(turn.value, host);
    } catch (error) {
      turn = steps.throw(error);
      continue;
    }
    turn = steps.next(answer);
  }
  return turn.value;
}

function answerStep(step: Step, host: BlockingHost): unknown {
  switch (step.kind) {
    case "ask":
      return host.ask(step);
    case "together":
      return step.jobs.map((job) => run(job, host));
    case "found":
      return host.found(step.items);
    case "progress":
      return host.progress(step.text);
    case "pause":
      return host.pause(step.milliseconds);
    case "inspect":
      return host.inspect(step.file);
    case "recognise":
      return host.recognise(step.names);
    case "retrieve":
      return host.retrieve(step);
    case "agree":
      return host.agree(step);
  }
}
