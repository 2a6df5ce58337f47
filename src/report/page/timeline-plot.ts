import type { Bucket, Timeline } from "../document.ts";
import { html, type Markup, type Piece } from "./markup.ts";
import { type Scale, scaleOf, totalOf } from "./timeline-scale.ts";

/** From the floor up: what reached people stands where it is seen first. */
const layers = [
  { name: "delivered", label: "delivered" },
  { name: "held", label: "held in quarantine" },
  { name: "stopped", label: "stopped" },
  { name: "unclear", label: "not clear" },
] as const;

const plotHeight = 200;
const headroom = 12;
const footroom = 26;

/**
 * Messages over time as bars, stacked by where the messages are. Across in percent, so that letters keep their size on
 * any screen; the same numbers stand below as a table.
 */
export function renderTimeline({ buckets }: Timeline, id: string): Markup {
  const scale = scaleOf(buckets);
  if (scale === undefined) return html`<p class="none">No message with a time to show.</p>\n`;
  const shown = layers.filter(({ name }) => scale.bars.some((bar) => bar[name] > 0));
  const total = scale.bars.reduce((sum, bar) => sum + totalOf(bar), 0);
  return html`<figure role="group">
<ul class="legend">${shown.map(
    ({ name, label }) =>
      html`<li><svg width="10" height="10" aria-hidden="true"><rect class="${name}" width="10" height="10" rx="2"/></svg>${label}</li>`,
  )}</ul>
<div class="plot">
${renderLevels(scale)}
<svg role="img" width="100%" height="${headroom + plotHeight + footroom}" aria-labelledby="${id}-title ${id}-says">
<title id="${id}-title">Messages over time</title>
<desc id="${id}-says">${captionOf(scale, total)} The same numbers stand in the table below.</desc>
${scale.levels.map((level) => html`<line x1="0" x2="100%" y1="${heightAt(level, scale)}" y2="${heightAt(level, scale)}"${level === 0 ? html` class="floor"` : undefined}/>\n`)}${scale.bars.map((bar) => renderBar(bar, scale))}${renderTicks(scale)}</svg>
</div>
<figcaption>${captionOf(scale, total)}</figcaption>
${renderNumbers(scale, shown)}
</figure>
`;
}

function captionOf({ bars, minutes }: Scale, total: number): string {
  const [first, last] = [bars[0], bars.at(-1)];
  const end = (last?.from ?? 0) + minutes * 60_000;
  return `${total.toLocaleString("en")} ${total === 1 ? "message" : "messages"} from ${timeOf(first?.from ?? 0)} to ${timeOf(end)} UTC; each bar stands for ${durationText(minutes)}.`;
}

function durationText(minutes: number): string {
  const [count, unit] =
    minutes % 1440 === 0 ? [minutes / 1440, "day"] : minutes % 60 === 0 ? [minutes / 60, "hour"] : [minutes, "minute"];
  return count === 1 ? `one ${unit}` : `${count} ${unit}s`;
}

function renderLevels(scale: Scale): Markup {
  const labels = scale.levels.map(
    (level) =>
      html`<text x="40" y="${heightAt(level, scale) + 4}" text-anchor="end">${level.toLocaleString("en")}</text>`,
  );
  return html`<svg width="48" height="${headroom + plotHeight + footroom}" aria-hidden="true">${labels}</svg>`;
}

function renderBar(bar: Bucket, scale: Scale): Piece {
  const x = percent((bar.from - scale.from) / (scale.until - scale.from));
  const width = percent((bar.minutes * 60_000 * 0.9) / (scale.until - scale.from));
  let below = 0;
  return layers.map(({ name }) => {
    if (bar[name] === 0) return undefined;
    const top = heightAt(below + bar[name], scale);
    const height = round(heightAt(below, scale) - top);
    below += bar[name];
    return html`<rect class="bar ${name}" x="${x}" y="${top}" width="${width}" height="${height}"/>\n`;
  });
}

function renderTicks(scale: Scale): Piece {
  const floor = headroom + plotHeight;
  return scale.ticks.map((tick, at) => {
    const share = (tick - scale.from) / (scale.until - scale.from);
    const x = percent(share);
    const label = scale.isDaily ? dayOf(tick, scale) : `${dayOf(tick, scale)} ${timeOf(tick).slice(11)}`;
    // Where the screen is narrow, every second one has room, and none at its edge.
    const minor = at % 2 === 1 || share > 0.87 ? html` class="minor"` : undefined;
    const shown = html`<text${minor} x="${x}" y="${floor + 18}" text-anchor="middle">${label}</text>`;
    return html`<line class="floor" x1="${x}" x2="${x}" y1="${floor}" y2="${floor + 4}"/>${share > 0.955 ? undefined : shown}\n`;
  });
}

function renderNumbers({ bars }: Scale, shown: readonly (typeof layers)[number][]): Markup {
  const heads = ["From (UTC)", ...shown.map(({ label }) => label)];
  return html`<details>
<summary>The numbers of the plot</summary>
<table role="table" aria-label="Messages over time">
<thead role="rowgroup"><tr role="row">${heads.map((head) => html`<th scope="col" role="columnheader">${head}</th>`)}</tr></thead>
<tbody role="rowgroup">
${bars.map(
  (bar) =>
    html`<tr role="row"><td role="cell" data-label="From (UTC)">${timeOf(bar.from)}</td>${shown.map(
      ({ name, label }) => html`<td role="cell" data-label="${label}">${bar[name].toLocaleString("en")}</td>`,
    )}</tr>\n`,
)}</tbody>
</table>
</details>`;
}

function heightAt(count: number, { levels }: Scale): number {
  return round(headroom + plotHeight * (1 - count / (levels.at(-1) ?? 1)));
}

function percent(share: number): string {
  return `${round(share * 100)}%`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function timeOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 16).replace("T", " ");
}

const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** With the year only where there is more than one. */
function dayOf(instant: number, { from, until }: Scale): string {
  const day = dayFormat.format(instant);
  return timeOf(from).slice(0, 4) === timeOf(until).slice(0, 4) ? day : `${day} ${timeOf(instant).slice(0, 4)}`;
}
