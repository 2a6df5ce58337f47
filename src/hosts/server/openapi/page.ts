import { createHash } from "node:crypto";
import { areaOf, areaTitles, commands } from "../../../commands/index.ts";
import type { Command } from "../../../core/command.ts";
import { inputSchema, type JsonSchema } from "../../../core/json-schema.ts";
import { neededScopes } from "../access/holder.ts";
import { formsOf, mediaTypes } from "../routes/answer-form.ts";
import { methodsOf } from "../routes/methods.ts";
import { type ProblemCode, problemKinds } from "../routes/problem.ts";
import { routePath } from "../routes/route-path.ts";
import { exampleInput } from "./example-input.ts";

/** A page for people, with all that it needs in itself. */
export interface Page {
  html: string;
  /** What a browser may load for it: its own style, and nothing else. */
  policy: string;
}

const style = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
code, pre { font: 14px/1.45 ui-monospace, monospace; }
pre { overflow-x: auto; padding: .75rem; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 15%, transparent); }
section { margin-top: 2.5rem; }
h2 { margin-top: 3rem; }
`;

/** The API in words, made of the same catalogue as the document. */
export function createPage(): Page {
  const areas = [...new Set(commands.map(({ name }) => areaOf(name)))];
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Proofpoint PS action server</title>
<style>${style}</style>
</head>
<body>
<h1>Proofpoint PS action server</h1>
<p>Every command takes <code>POST</code> with a JSON object; those that only read take <code>GET</code> too, with their fields
in the query. The same as a document for programs: <a href="/openapi.json">openapi.json</a>.</p>
<table><tr><th>Header</th><th>Meaning</th></tr>
<tr><td><code>Authorization: Bearer TOKEN</code></td><td>Who calls; <code>pps tokens create</code> makes a token.</td></tr>
<tr><td><code>PPS-Profile: NAME</code></td><td>Which of the served PPS is meant; without it the server's first.</td></tr>
<tr><td><code>Accept: application/jsonl</code></td><td>The items of a list as they come, a line each; the last line holds
<code>summary</code> or <code>error</code>.</td></tr>
<tr><td><code>Accept: text/html</code></td><td>A report for people, where the command lists it among its answers.</td></tr>
<tr><td><code>Idempotency-Key: KEY</code></td><td>A change repeated with its key within 24 hours is not done again.</td></tr>
<tr><td><code>Request-Timeout: SECONDS</code></td><td>How long the call may take.</td></tr>
</table>
<p>A change with <code>?dryRun=true</code> describes what it would send.</p>
${areas.map((area) => `<h2>${escapeHtml(areaTitles[area] ?? area)}</h2>\n${commandsOf(area)}`).join("\n")}
<h2 id="errors">Errors</h2>
<table><tr><th>Code</th><th>Status</th><th>Meaning</th></tr>
${Object.entries(problemKinds).map(errorRow).join("\n")}
</table>
</body>
</html>
`;
  const digest = createHash("sha256").update(style).digest("base64");
  return { html, policy: `default-src 'none'; style-src 'sha256-${digest}'; frame-ancestors 'none'; base-uri 'none'` };
}

function commandsOf(area: string): string {
  return commands
    .filter(({ name }) => areaOf(name) === area)
    .map(section)
    .join("\n");
}

function section(command: Command): string {
  const example = exampleInput(command);
  const { properties, required } = inputSchema(command.fields) as {
    properties: { [name: string]: JsonSchema };
    required: string[];
  };
  const rows = Object.entries(properties).map(
    ([name, { description }]) =>
      `<tr><td><code>${escapeHtml(name)}</code>${required.includes(name) ? " (required)" : ""}</td><td>${escapeHtml(String(description))}</td></tr>`,
  );
  const table = rows.length === 0 ? "" : `<table><tr><th>Field</th><th>Meaning</th></tr>\n${rows.join("\n")}\n</table>`;
  return `<section id="${escapeHtml(command.name)}">
<h3>${escapeHtml(command.title)}</h3>
<p><code>${methodsOf(command).join(", ")} ${routePath(command.name)}</code></p>
<p>${escapeHtml(command.description)}</p>
<p>Effect: ${command.effect}. Scopes: ${neededScopes(command).join(", ")}. Answers: ${formsOf(command)
    .map((form) => `<code>${mediaTypes[form]}</code>`)
    .join(", ")}.</p>
${table}
${example === undefined ? "" : `<pre>${escapeHtml(JSON.stringify(example, undefined, 2))}</pre>`}
</section>`;
}

function errorRow([code, { status, title }]: [string, (typeof problemKinds)[ProblemCode]]): string {
  return `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${escapeHtml(title)}.</td></tr>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
