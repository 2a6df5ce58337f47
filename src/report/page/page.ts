import { createHash } from "node:crypto";
import type { ReportDocument, Section, Tile } from "../document.ts";
import { renderFacts, renderProse, renderTable } from "./blocks.ts";
import { html, Markup, type Piece } from "./markup.ts";
import { style } from "./style.ts";
import { renderTimeline } from "./timeline-plot.ts";

/** What a page says of itself. */
export interface PageFacts {
  /** Milliseconds since 1970. */
  generatedAt: number;
  /** Of the program that made it. */
  version: string;
}

const digest = createHash("sha256").update(style).digest("base64");

/** What a browser may load for the page: its own style, and nothing else. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`;

/** A whole page that needs nothing beside itself: no script, no font, no network. */
export function renderPage(document: ReportDocument, { generatedAt, version }: PageFacts): string {
  const made = new Date(generatedAt).toISOString().slice(0, 19).replace("T", " ");
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(pagePolicy)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${document.title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<header>
<p class="kind">Proofpoint PS report</p>
<h1>${document.title}</h1>
<p class="lead">${document.lead}</p>
<p class="made">Made ${made} UTC. All times are in UTC.</p>
${document.alerts.map(({ tone, text }) => html`<p class="alert ${tone}" role="note"><span>${text}</span></p>\n`)}
</header>
<main>
${renderTiles(document.tiles)}
<nav aria-label="Contents">${document.sections.map(({ heading }, at) => html`<a href="#${sectionId(at)}">${heading}</a>\n`)}</nav>
${document.sections.map(renderSection)}
</main>
<footer>
<p>Columns of senders, links and hosts are written so that nothing makes them clickable. Made by proofpoint-ps ${version}.</p>
</footer>
</body>
</html>
`;
  return page.text;
}

function renderTiles(tiles: readonly Tile[]): Piece {
  if (tiles.length === 0) return undefined;
  return html`<dl class="tiles">
${tiles.map(
  ({ label, value, detail, tone }) =>
    html`<div class="${tone}"><dt>${label}</dt><dd class="value">${
      typeof value === "number" ? value.toLocaleString("en") : value
    }</dd>${detail === undefined ? undefined : html`<dd class="detail">${detail}</dd>`}</div>\n`,
)}</dl>`;
}

function renderSection({ heading, blocks }: Section, at: number): Markup {
  const id = sectionId(at);
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${heading}</h2>
${blocks.map((block) => renderBlock(block, id))}</section>
`;
}

function sectionId(at: number): string {
  return `section-${at + 1}`;
}

function renderBlock(block: Section["blocks"][number], id: string): Piece {
  switch (block.kind) {
    case "facts":
      return renderFacts(block);
    case "table":
      return renderTable(block, id);
    case "prose":
      return renderProse(block);
    case "timeline":
      return renderTimeline(block, `${id}-plot`);
  }
}
