import type { Browser, Page, SerializedAXNode } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { type Reported, renderReport } from "../../src/report/report.ts";
import { browserTest, hasBrowser, openPage, startBrowser } from "./browser.ts";
import { hostileTexts, poison } from "./hostile.ts";
import { barsProbe, elementsProbe, faintProbe, linksProbe, overflowProbe, printProbe } from "./page-probes.ts";
import { falsePositiveResult, feedResult, huntResult, phishingResult } from "./sample-results.ts";

const facts = { generatedAt: Date.parse("2026-03-04T14:00:00Z"), version: "1.2.3" };
const results: readonly (readonly [name: string, result: Reported])[] = [
  ["respond.phishing", phishingResult()],
  ["respond.false-positive", falsePositiveResult()],
  ["hunt", huntResult()],
  ["blocklist.feed", feedResult()],
];

let browser: Browser;

beforeAll(async () => {
  if (hasBrowser) browser = await startBrowser();
});

afterAll(() => browser?.close());

/** Everything a report is built of, and with what. */
const harmless =
  /^(html lang|head|meta( (charset|content http-equiv|content name))|title( id)?|style|body|header|main|footer|nav aria-label|section aria-labelledby|p( class| class role)?|h1|h2 id|a href|dl class|div( class)?|dt|dd( class)?|span( class)?|code|wbr|ul( class)?|li|table( aria-labelledby| aria-label)( class)? role|thead role|tbody role|tr role|th( class)? role scope|td( class)? data-label role|figure role|figcaption|details|summary|svg( aria-hidden height width| aria-labelledby height role width)|desc id|rect( class height rx width| class height width x y)|line( class)? x1 x2 y1 y2|text( class)? text-anchor x y)$/;

/** What is told to those who do not see the page: each part's role and name. */
async function heardOn(page: Page): Promise<string[]> {
  const told = (node: SerializedAXNode): string[] => [
    `${node.role} ${node.name ?? ""}`,
    ...(node.children ?? []).flatMap(told),
  ];
  const root = await page.accessibility.snapshot({ interestingOnly: false });
  return root === null ? [] : told(root);
}

describe.each(results)("the report of %s", (name, result) => {
  browserTest("runs, loads and shows nothing that strangers wrote as anything but text", async () => {
    const html = renderReport(name, poison(result), facts);
    expect(html.length).toBeLessThan(3_000_000);
    // The second is without its policy: escaping has to be enough.
    for (const each of [html, html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "")]) {
      const { page, requests, signs, violations } = await openPage(browser, each);
      expect(await page.evaluate("window.owned")).toBeUndefined();
      expect({ requests, signs, stopped: await violations() }).toEqual({ requests: [], signs: [], stopped: [] });
      const elements = (await page.evaluate(elementsProbe)) as string[];
      expect(elements.filter((element) => !harmless.test(element))).toEqual([]);
      const links = (await page.evaluate(linksProbe)) as string[];
      expect(links.filter((link) => !/^#section-\d+$/.test(link))).toEqual([]);
      const shown = String(await page.evaluate("document.body.textContent"));
      expect(hostileTexts.filter((text) => shown.includes(text)).length).toBeGreaterThan(4);
      await page.close();
    }
  });

  browserTest("has room on every screen, whatever is in it", async () => {
    for (const html of [renderReport(name, result, facts), renderReport(name, poison(result), facts)]) {
      const { page } = await openPage(browser, html);
      for (const width of [1280, 1024, 870, 800, 400, 320]) {
        await page.setViewport({ width, height: 900 });
        expect(await page.evaluate(overflowProbe), `at ${width}`).toBe(0);
        const heights = (await page.evaluate(
          "[...document.querySelectorAll('section > table')].map((table) => table.offsetHeight)",
        )) as number[];
        expect(heights.length).toBeGreaterThan(0);
        expect(Math.min(...heights)).toBeGreaterThan(20);
      }
      await page.close();
    }
  });

  browserTest("can be read by day and by night", async () => {
    const { page } = await openPage(browser, renderReport(name, result, facts));
    const pages = new Set<unknown>();
    for (const value of ["light", "dark"]) {
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value }]);
      const { faint, seen } = (await page.evaluate(faintProbe)) as { faint: string[]; seen: number };
      expect(faint, value).toEqual([]);
      expect(seen).toBeGreaterThan(30);
      pages.add(await page.evaluate("getComputedStyle(document.body).backgroundColor"));
    }
    expect(pages.size).toBe(2);
    await page.close();
  });

  browserTest("prints dark on white, with heads on every sheet and no row cut", async () => {
    const { page } = await openPage(browser, renderReport(name, result, facts));
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
    await page.emulateMediaType("print");
    expect(await page.evaluate(printProbe)).toEqual({
      page: "rgb(255, 255, 255)",
      heads: "table-header-group",
      headPlace: "static",
      row: "avoid",
      contents: "none",
    });
    const pdf = Buffer.from(await page.pdf({ format: "A4", outline: true })).toString("latin1");
    expect(pdf).toMatch(/^%PDF-/);
    // The outline is made of the headings as they were printed.
    const headings = (await page.evaluate(
      "[...document.querySelectorAll('h1, h2')].map((heading) => heading.textContent)",
    )) as string[];
    expect(headings.length).toBeGreaterThan(3);
    for (const heading of headings) expect(pdf).toContain(`/Title (${heading})`);
    await page.close();
  });
});

browserTest("what is looked for would be seen: unescaped, the same texts run, load and are stopped", async () => {
  // One of them leads away from the page, where nothing more could be seen.
  const staying = hostileTexts.filter((text) => text.length < 1000 && !text.includes("refresh"));
  const texts = staying.map((text) => `<div title='${text}'>${text}</div>`);
  const opened = await openPage(browser, `<!doctype html><meta charset="utf-8">${texts.join("")}`);
  expect(await opened.page.evaluate("window.owned")).toBe(1);
  expect(opened.requests).not.toEqual([]);
  expect(opened.signs).not.toEqual([]);
  const policy = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">';
  const guarded = await openPage(browser, `<!doctype html>${policy}${texts.join("")}`);
  expect(await guarded.violations()).not.toEqual([]);
  await Promise.all([opened.page.close(), guarded.page.close()]);
});

browserTest(
  "the plot has a bar for each part of a stretch of time, in colours that differ, and says what it shows",
  async () => {
    const { page } = await openPage(browser, renderReport("hunt", huntResult(), facts));
    const bars = (await page.evaluate(barsProbe)) as { width: number; height: number; fill: string }[];
    expect(bars.length).toBeGreaterThan(60);
    expect(Math.min(...bars.map(({ width }) => width))).toBeGreaterThan(3);
    expect(Math.min(...bars.map(({ height }) => height))).toBeGreaterThan(1);
    expect(new Set(bars.map(({ fill }) => fill)).size).toBe(4);
    expect(await heardOn(page)).toContainEqual(expect.stringMatching(/^image Messages over time/));
    await page.close();
  },
);

browserTest("on a narrow screen a table is a table still for those who hear it", async () => {
  const { page } = await openPage(browser, renderReport("hunt", huntResult(2), facts));
  await page.setViewport({ width: 400, height: 900 });
  expect(await heardOn(page)).toEqual(expect.arrayContaining(["table Indicators", "columnheader Indicator"]));
  await page.close();
});
