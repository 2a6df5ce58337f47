import { Command } from "commander";

/** `pps simulator quirks`: every habit of the gateway that can be set, with its values and what each profile has. */
export function createQuirksCommand(): Command {
  return new Command("quirks")
    .description("List the habits of the gateway that --quirk can set, with their values")
    .option("--json", "Print JSON")
    .action(async (_flags: unknown, command: Command) => {
      const { quirkTable } = await import("../../../simulator/index.ts");
      if (command.optsWithGlobals<{ json?: boolean }>().json) {
        process.stdout.write(`${JSON.stringify({ quirks: quirkTable })}\n`);
        return;
      }
      for (const [name, { meaning, values, onprem, pod }] of Object.entries(quirkTable)) {
        const defaults = onprem === pod ? `default ${onprem}` : `onprem ${onprem}, pod ${pod}`;
        process.stdout.write(`${name}\n    ${meaning}\n    ${values.join(" | ")} (${defaults})\n`);
      }
    });
}
