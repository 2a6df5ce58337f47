import type { Output } from "../../../core/command.ts";
import type { XsoarOutput } from "./xsoar-command.ts";

const types: { [type in Output["type"]]: XsoarOutput["type"] } = {
  string: "String",
  number: "Number",
  boolean: "Boolean",
  time: "Date",
  list: "Unknown",
  object: "Unknown",
};

/** Outputs as the catalogue describes them, below a prefix such as `Proofpoint.Folder`. */
export function declareOutputs(prefix: string, outputs: readonly Output[]): XsoarOutput[] {
  return outputs.map(({ name, type, description }) => ({
    contextPath: `${prefix}.${name}`,
    type: types[type],
    description,
  }));
}
