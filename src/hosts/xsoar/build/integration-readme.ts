import { brand } from "../integration/brand.ts";
import { xsoarCommands } from "../integration/commands.ts";
import { parameters } from "../integration/parameters.ts";
import type { XsoarArgument, XsoarCommand } from "../integration/xsoar-command.ts";
import { type Example, examples } from "./examples.ts";
import { markdownCell } from "./markdown-cell.ts";

/** The integration's README in the form that XSOAR's validators read (RM102): every command, with an example that was run. */
export function writeIntegrationReadme(): string {
  return `${introduction()}\n${xsoarCommands.map(writeCommand).join("\n")}`;
}

function introduction(): string {
  const rows = parameters.map(
    ({ display, additionalInfo = "", required }) =>
      `| ${markdownCell(display)} | ${markdownCell(additionalInfo)} | ${required ? "True" : "False"} |`,
  );
  return `${brand.description}

It talks to the REST API of the server straight from XSOAR's own JavaScript engine: there is no container image.

## Configure ${brand.display} in Cortex

| **Parameter** | **Description** | **Required** |
| --- | --- | --- |
${rows.join("\n")}

## Commands

You can execute these commands from the CLI, as part of an automation, or in a playbook.
After you successfully execute a command, a DBot message appears in the War Room with the command details.
`;
}

function writeCommand(command: XsoarCommand): string {
  const harm = command.isHarmful ? "\n\nIt changes the mail system." : "";
  return `### ${command.name}

***
${command.description}${harm}

#### Base Command

\`${command.name}\`

#### Input

${writeInput(command.arguments)}

#### Context Output

${writeOutput(command)}
${(examples[command.name] ?? []).map(writeExample).join("")}`;
}

function writeInput(declared: readonly XsoarArgument[]): string {
  if (declared.length === 0) return "There are no input arguments for this command.";
  const rows = declared.map((argument) => {
    const { name, required } = argument;
    return `| ${name} | ${markdownCell(describeArgument(argument))} | ${required ? "Required" : "Optional"} |`;
  });
  return ["| **Argument Name** | **Description** | **Required** |", "| --- | --- | --- |", ...rows].join("\n");
}

function describeArgument({ description, predefined, defaultValue }: XsoarArgument): string {
  const values = predefined === undefined ? "" : ` Possible values are: ${predefined.join(", ")}.`;
  return `${description}${values}${defaultValue === undefined ? "" : ` Default is ${defaultValue}.`}`;
}

function writeOutput({ outputs }: XsoarCommand): string {
  if (outputs.length === 0) return "There is no context output for this command.";
  const rows = outputs.map(
    ({ contextPath, type, description }) => `| ${contextPath} | ${type} | ${markdownCell(description)} |`,
  );
  return ["| **Path** | **Type** | **Description** |", "| --- | --- | --- |", ...rows].join("\n");
}

function writeExample({ line, shown, context }: Example): string {
  const kept =
    context === undefined ? "" : `\n#### Context Example\n\n\`\`\`json\n${JSON.stringify(context, null, 4)}\n\`\`\`\n`;
  const quoted = shown.trim().replace(/^/gm, ">");
  return `
#### Command example

\`\`\`${line}\`\`\`
${kept}
#### Human Readable Output

${quoted}
`;
}
