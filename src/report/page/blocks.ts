import type { Cell, Facts, Prose, Table } from "../document.ts";
import { html, type Markup, type Piece } from "./markup.ts";

/** Names and values; a value that says nothing is told of as unknown. */
export function renderFacts({ facts }: Facts): Markup {
  return html`<dl class="facts">
${facts.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${isEmpty(value) ? none("not known") : renderCell(value)}</dd></div>\n`)}</dl>
`;
}

/** One sentence as a paragraph, several as a list. */
export function renderProse({ sentences }: Prose): Piece {
  if (sentences.length === 0) return undefined;
  if (sentences.length === 1) return html`<p>${sentences[0]}</p>\n`;
  return html`<ul class="prose">\n${sentences.map((sentence) => html`<li>${sentence}</li>\n`)}</ul>\n`;
}

/** A table under the heading that names it. On narrow screens each row becomes a block, so the roles are stated. */
export function renderTable({ columns, rows, missing, empty }: Table, labelledBy: string): Markup {
  if (rows.length === 0) return html`<p class="none">${empty}</p>\n`;
  const heads = columns.map(
    ({ title, isNumber }) =>
      html`<th scope="col" role="columnheader"${isNumber ? html` class="number"` : undefined}>${title}</th>`,
  );
  const body = rows.map(
    (row) =>
      html`<tr role="row">${row.map((cell, at) => {
        const classes = [columns[at]?.isNumber ? "number" : "", isEmpty(cell) ? "empty" : ""].filter(Boolean).join(" ");
        const named = classes === "" ? undefined : html` class="${classes}"`;
        return html`<td role="cell"${named} data-label="${columns[at]?.title}"><div>${renderCell(cell)}</div></td>`;
      })}</tr>\n`,
  );
  return html`<table role="table" aria-labelledby="${labelledBy}">
<thead role="rowgroup"><tr role="row">${heads}</tr></thead>
<tbody role="rowgroup">
${body}</tbody>
</table>
${missing === 0 ? undefined : html`<p class="more">${missing.toLocaleString("en")} more are not shown here; the result as JSON or CSV has them all.</p>\n`}`;
}

function renderCell(cell: Cell): Piece {
  switch (cell.kind) {
    case "number":
      return cell.value.toLocaleString("en");
    case "text":
      return [cell.text, below(cell.below)];
    case "code":
      return [cell.text === "" ? undefined : html`<code>${cell.text}</code>`, below(cell.below)];
    case "state":
      return [html`<span class="state ${cell.tone}">${cell.text}</span>`, below(cell.below)];
    case "lines":
      return html`<ul>${shownLines(cell.lines).map((line) => html`<li>${cell.isCode ? html`<code>${line}</code>` : line}</li>`)}</ul>`;
  }
}

// A message to a thousand recipients must not make a row of ten pages.
const mostLines = 20;

function shownLines(lines: readonly string[]): Piece[] {
  if (lines.length <= mostLines) return [...lines];
  return [...lines.slice(0, mostLines), `and ${(lines.length - mostLines).toLocaleString("en")} more`];
}

function below(text: string | undefined): Piece {
  return text === undefined ? undefined : html`<span class="below">${text}</span>`;
}

function none(word: string): Markup {
  return html`<span class="none">${word}</span>`;
}

function isEmpty(cell: Cell): boolean {
  if (cell.kind === "number") return false;
  if (cell.kind === "lines") return cell.lines.length === 0;
  return cell.text === "" && cell.below === undefined;
}
