import type { Cell, Facts, Prose, Table } from "../document.ts";
import { breakable, html, type Markup, type Piece } from "./markup.ts";

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
        const classes = [
          columns[at]?.isNumber ? "number" : "",
          isEmpty(cell) ? "empty" : "",
          isWhole(cell) ? "whole" : "",
        ]
          .filter(Boolean)
          .join(" ");
        const named = classes === "" ? undefined : html` class="${classes}"`;
        return html`<td role="cell"${named} data-label="${columns[at]?.title}"><div>${renderCell(cell)}</div></td>`;
      })}</tr>\n`,
  );
  return html`<table role="table"${columns.length <= 3 ? html` class="few"` : undefined} aria-labelledby="${labelledBy}">
<thead role="rowgroup"><tr role="row">${heads}</tr></thead>
<tbody role="rowgroup">
${body}</tbody>
</table>
${missing === 0 ? undefined : html`<p class="more">${missing.toLocaleString("en")} more ${missing === 1 ? "row is" : "rows are"} not shown here; the result as JSON has them all.</p>\n`}`;
}

function renderCell(cell: Cell): Piece {
  switch (cell.kind) {
    case "number":
      return cell.value.toLocaleString("en");
    case "text":
      return [cell.text, below(cell.below)];
    case "code":
      return [cell.text === "" ? undefined : html`<code>${breakable(cell.text)}</code>`, below(cell.below)];
    case "state":
      return [html`<span class="state ${cell.tone}">${cell.text}</span>`, below(cell.below)];
    case "lines":
      return renderLines(cell);
  }
}

// A message to a thousand recipients must not make a row of ten pages.
const mostLines = 20;

function renderLines({ lines, isCode }: Extract<Cell, { kind: "lines" }>): Markup {
  const shown = lines
    .slice(0, mostLines)
    .map((line) => html`<li>${isCode ? html`<code>${breakable(line)}</code>` : line}</li>`);
  const more = lines.length - shown.length;
  return html`<ul>${shown}${more === 0 ? undefined : html`<li>and ${more.toLocaleString("en")} more</li>`}</ul>`;
}

function below(text: string | undefined): Piece {
  return text === undefined ? undefined : html`<span class="below">${text}</span>`;
}

function none(word: string): Markup {
  return html`<span class="none">${word}</span>`;
}

/** True for text of short words: only a long one has to be broken to keep the table on the page. */
function isWhole(cell: Cell): boolean {
  if (cell.kind === "state") return isOfShortWords(cell.below ?? "");
  return cell.kind === "text" && isOfShortWords(`${cell.text} ${cell.below ?? ""}`);
}

function isOfShortWords(text: string): boolean {
  return !/\S{17}/.test(text);
}

function isEmpty(cell: Cell): boolean {
  if (cell.kind === "number") return false;
  if (cell.kind === "lines") return cell.lines.length === 0;
  return cell.text === "" && cell.below === undefined;
}
