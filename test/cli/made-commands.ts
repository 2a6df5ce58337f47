import type { ActionResult, Outcome } from "../../src/commands/index.ts";
import { countOutcomes, outcomeOutputs } from "../../src/commands/outcome.ts";
import { type Command, command } from "../../src/core/command.ts";
import { file, list, object } from "../../src/core/fields.ts";
import { agree, found } from "../../src/core/steps.ts";

interface EntryOutcome extends Outcome {
  action: "add" | "remove";
  entry: string;
}

const outputs = [
  { name: "action", type: "string", description: "What is done." },
  { name: "entry", type: "string", description: "The entry." },
  ...outcomeOutputs,
] as const;
const shared = { rules: [], list: "outcomes", outputs, columns: ["outcome", "entry"], examples: [] } as const;

const outcome = (entry: string, kind: Outcome["outcome"]): EntryOutcome => ({
  action: entry.startsWith("-") ? "remove" : "add",
  entry: entry.replace(/^-/, ""),
  outcome: kind,
  message: kind,
});

/** Commands that send nothing and tell what they were given, to try the command line on. */
export function makeCommands() {
  const given: unknown[] = [];

  function* changeEach(outcomes: readonly EntryOutcome[], notes: string[] = []) {
    yield* found(outcomes);
    return { counts: countOutcomes(outcomes), notes } satisfies ActionResult;
  }

  const add = command<EntryOutcome>()({
    ...shared,
    name: "users.blocklist.add",
    title: "Add Made Entries",
    description: "Adds entries.",
    effect: "change",
    access: "enduser",
    fields: {
      entries: list({ positional: true, required: true, description: "Senders." }),
      attributes: object({ description: "Names with values.", maxLength: 100 }),
    },
    *run(input) {
      given.push(input);
      return yield* changeEach(
        input.entries.map((entry) => outcome(entry, entry === "old.example" ? "unchanged" : "accepted")),
        ["This one is worth knowing."],
      );
    },
  });

  const remove = command<EntryOutcome>()({
    ...shared,
    name: "users.blocklist.delete",
    title: "Delete Made Entries",
    description: "Deletes entries.",
    effect: "destroy",
    access: "enduser",
    fields: { entries: list({ positional: true, required: true, description: "Senders." }) },
    *run(input) {
      given.push(input);
      return yield* changeEach(input.entries.map((entry) => outcome(entry, "done")));
    },
  });

  const sync = command<EntryOutcome>()({
    ...shared,
    name: "blocklist.sync",
    title: "Sync Made Entries",
    description: "Takes a line as an entry to add, or with - to remove; what becomes of it may stand before it.",
    effect: "destroy",
    access: "Threat Protection",
    showsPlan: true,
    fields: { file: file({ positional: true, required: true, description: "The list.", maxLength: 20_000 }) },
    *run(input, { dryRun }) {
      given.push({ ...input, dryRun });
      const outcomes = input.file.split("\n").flatMap((line) => {
        const [entry = "", fixed] = line.split(" ").reverse();
        return entry === "" ? [] : [outcome(entry, (fixed as Outcome["outcome"] | undefined) ?? "planned")];
      });
      const notes = ["What the plan notes."];
      if (dryRun) return yield* changeEach(outcomes, notes);
      if (outcomes.some(({ outcome }) => outcome === "planned")) {
        if ((yield* agree(outcomes, notes)) === "declined") return { counts: {}, notes: [] };
      }
      const ended = outcomes.map((each) => (each.outcome === "planned" ? { ...each, outcome: "accepted" } : each));
      return yield* changeEach(ended as EntryOutcome[], notes);
    },
  });

  return { given, commands: [add, remove, sync] as readonly unknown[] as readonly Command[] };
}
