import { createHash } from "node:crypto";
import { areaOf, areaTitles, commands } from "../../../commands/index.ts";
import type { Command } from "../../../core/command.ts";
import { inputSchema, type JsonSchema } from "../../../core/json-schema.ts";
import { html, Markup } from "../../../report/page/markup.ts";
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
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Proofpoint PS action server</title>
<style>${new Markup(style)}</style>
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
${areas.map((area) => html`<h2>${areaTitles[area] ?? area}</h2>\n${commandsOf(area)}`)}<h2 id="errors">Errors</h2>
<table><tr><th>Code</th><th>Status</th><th>Meaning</th></tr>
${Object.entries(problemKinds).map(errorRow)}</table>
</body>
</html>
`;
  const digest = createHash("sha256").update(style).digest("base64");
  return {
    html: page.text,
    policy: `default-src 'none'; style-src 'sha256-${digest}'; frame-ancestors 'none'; base-uri 'none'`,
  };
}

function commandsOf(area: string): Markup[] {
  return commands.filter(({ name }) => areaOf(name) === area).map(section);
}

function section(command: Command): Markup {
  const example = exampleInput(command);
  const { properties, required } = inputSchema(command.fields) as {
    properties: { [name: string]: JsonSchema };
    required: string[];
  };
  const rows = Object.entries(properties).map(
    ([name, { description }]) =>
      html`<tr><td><code>${name}</code>${required.includes(name) ? " (required)" : ""}</td><td>${String(description)}</td></tr>\n`,
  );
  const table = rows.length === 0 ? "" : html`<table><tr><th>Field</th><th>Meaning</th></tr>\n${rows}</table>`;
  const forms = formsOf(command).map((form, at) => [at === 0 ? "" : ", ", html`<code>${mediaTypes[form]}</code>`]);
  return html`<section id="${command.name}">
<h3>${command.title}</h3>
<p><code>${methodsOf(command).join(", ")} ${routePath(command.name)}</code></p>
<p>${command.description}</p>
<p>Effect: ${command.effect}. Scopes: ${neededScopes(command).join(", ")}. Answers: ${forms}.</p>
${table}
${example === undefined ? "" : html`<pre>${linesOf(JSON.stringify(example, undefined, 2))}</pre>`}
</section>
`;
}

function errorRow([code, { status, title }]: [string, (typeof problemKinds)[ProblemCode]]): Markup {
  return html`<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${title}.</td></tr>\n`;
}

/** Within one piece a line feed would be shown like a stranger's. */
function linesOf(text: string): Markup[] {
  return text.split("\n").map((line) => html`${line}\n`);
}
