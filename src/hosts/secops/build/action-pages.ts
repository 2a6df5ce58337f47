import { markdownCell } from "../../xsoar/build/markdown-cell.ts";
import type { ActionParameter, SecopsAction } from "../catalogue/action.ts";
import { secopsActions } from "../catalogue/actions.ts";
import { type ActionExample, actionExamples } from "./examples.ts";

/** Every action with its parameters and an example that was run, as a Markdown page. */
export function writeActionPages(): string {
  return `# The actions of the Google SecOps package

The examples were run: by the program code of the action server, against the simulator of proofpoint-ps. Parameters that an
example does not name were left as they start.

${secopsActions.map(writeAction).join("\n")}`;
}

/** What each action does, on a line of a Markdown table; `page` is where the pages of the actions are. */
export function writeActionTable(page: string): string {
  const rows = secopsActions.map(({ name, description, writes }) => {
    const place = name.toLowerCase().replaceAll(" ", "-");
    return `| [${name}](${page}#${place}) | ${writes ? "yes" : ""} | ${markdownCell(description)} |\n`;
  });
  return `| action | changes something | does |\n|---|---|---|\n${rows.join("")}`;
}

function writeAction(action: SecopsAction): string {
  const { name, description, parameters, tables, entityTypes, writes } = action;
  const facts = [
    writes ? "It changes something: leave the retry of its step off." : "It changes nothing.",
    ...(entityTypes.length === 0 ? [] : [`It runs on entities of the types ${entityTypes.join(", ")}.`]),
    ...(tables.length === 0 ? [] : [`Case wall: a table "${tables.join('", "')}" when there is something to show.`]),
  ];
  const examples = (actionExamples[name] ?? []).map(writeExample);
  return `## ${name}

${description} ${facts.join(" ")}

${parameters.length === 0 ? "It takes no parameters.\n" : table(parameters)}
${examples.join("\n")}`;
}

function table(parameters: readonly ActionParameter[]): string {
  const rows = parameters.map(({ name, kind, description, isMandatory, defaultValue, options }) => {
    const choice = options === undefined ? "" : ` One of ${options.join(", ")}.`;
    const start = defaultValue === undefined ? "" : `\`${String(defaultValue)}\``;
    return `| ${name}${isMandatory ? " *" : ""} | ${kind} | ${start} | ${markdownCell(description + choice)} |\n`;
  });
  return `| parameter (* must not be empty) | type | starts as | meaning |\n|---|---|---|---|\n${rows.join("")}`;
}

function writeExample({ given, on, state, result, message, tables, enriched, files, json }: ActionExample): string {
  const input = [
    ...(on ?? []).map(({ identifier, type }) => `Entity: ${identifier} (${type})`),
    ...Object.entries(given).map(([name, value]) => `${name}: ${String(value)}`),
  ];
  const parts = [
    ...(input.length === 0 ? [] : [fence("", input.join("\n"))]),
    `gives state \`${state}\`, \`is_success\` \`${String(result)}\` and\n`,
    fence("", message),
    ...(tables ?? []).map(({ title, rows }) => fence("", [title, ...rows].join("\n"))),
    ...(files === undefined ? [] : [`Files: ${files.map((name) => `\`${name}\``).join(", ")}\n`]),
    ...(enriched ?? []).map((entity) => fence("json", JSON.stringify(entity, null, 2))),
    ...(json === undefined ? [] : [fence("json", JSON.stringify(json, null, 2))]),
  ];
  return parts.join("\n");
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\`\n`;
}
