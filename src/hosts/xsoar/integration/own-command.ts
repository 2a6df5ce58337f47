import type { Command } from "../../../core/command.ts";
import { readField } from "../../../core/field-readers.ts";
import { flag } from "../../../core/fields.ts";
import { type ArgumentRow, type Difference, declareArguments, remainingRows } from "./declared-argument.ts";
import { fieldInput, isGiven } from "./field-input.ts";
import type { XsoarArgument, XsoarArguments, XsoarCommand } from "./xsoar-command.ts";

/** What of a command of the catalogue is XSOAR's own affair. */
export interface OwnParts extends Pick<XsoarCommand, "outputs" | "render"> {
  /** @default the catalogue's */
  description?: string;
  /** Fields that are of no use in XSOAR. */
  leftOut?: readonly string[];
  /** Where arguments differ from their fields, by field. */
  differences?: { readonly [field: string]: Difference };
  /** Throws PpsError `bad_input` where a rule of the command would speak of a field that is left out. */
  check?(args: XsoarArguments): void;
}

/** The catalogue's text names the settings of other surfaces. */
const clusterDifference: Difference = {
  description: "Id of the cluster whose list is meant, where it is not the one of the instance.",
};

const dryRunField = flag({ description: "Tell what would be done, and change nothing." });

const dryRun: XsoarArgument = {
  name: "dry_run",
  description: dryRunField.description,
  defaultValue: "false",
  predefined: ["true", "false"],
};

/** A command of the catalogue as it is, under `proofpoint-pps-` and its own name; what changes anything can be planned first. */
export function ownCommand(command: Command, parts: OwnParts): XsoarCommand {
  const { leftOut = [], differences = {}, check, ...shown } = parts;
  const isHarmful = command.effect !== "read";
  const rows = remainingRows(command, leftOut).map(
    ([name, field]): ArgumentRow => [name, field, field === "clusterId" ? clusterDifference : differences[field]],
  );
  const declared = declareArguments(command, rows);
  return {
    name: `proofpoint-pps-${command.name.replace(/\./g, "-")}`,
    description: command.description,
    arguments: isHarmful ? declared.concat(dryRun) : declared,
    isHarmful,
    call(args, now) {
      if (check !== undefined) check(args);
      const call = { command, input: fieldInput(declared, args) };
      return isHarmful ? { ...call, dryRun: readDryRun(args.dry_run, now) } : call;
    },
    ...shown,
  };
}

function readDryRun(given: unknown, now: number): boolean {
  return isGiven(given) && readField(dryRunField, given, { key: "dry_run", name: "dry_run", now }) === true;
}
