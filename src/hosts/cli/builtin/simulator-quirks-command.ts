import { Command } from "commander";
import { type CliContext, writeOut } from "../context.ts";
import { flagsOf } from "../shared-options.ts";

/** `pps simulator quirks`: every habit of the gateway that can be set, with its values and what each profile has. */
export function createQuirksCommand(context: CliContext): Command {
  const quirks = new Command("quirks");
  return quirks
    .description("List the habits of the gateway that --quirk can set, with their values")
    .option("--json", "Print JSON")
    .action(async () => {
      const { quirkTable } = await import("../../../simulator/index.ts");
      const texts = Object.entries(quirkTable).map(([name, { meaning, values, onprem, pod }]) => {
        const defaults = onprem === pod ? `default ${onprem}` : `onprem ${onprem}, pod ${pod}`;
        return `${name}\n    ${meaning}\n    ${values.join(" | ")} (${defaults})\n`;
      });
      // The simulator knows --json too, and may have taken it.
      const { json } = flagsOf(quirks);
      await writeOut(context.stdout, json ? `${JSON.stringify({ quirks: quirkTable })}\n` : texts.join(""));
    });
}
