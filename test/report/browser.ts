import { accessSync, constants, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { test } from "vitest";
import { temporaryDirectory } from "../temporary-directory.ts";

/** What distributions call the browser. */
const names = ["chromium", "chromium-browser", "google-chrome"];

function findBrowser(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const found = findBrowser();

/** A test that needs Chromium: skipped on a machine without it, but never in CI. */
export const browserTest = test.skipIf(found === undefined && process.env.CI !== "true");

/** True where such tests run. */
export const hasBrowser = found !== undefined || process.env.CI === "true";

/** Starts the browser without a window. Its sandbox needs another user than root. */
export function startBrowser(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return puppeteer.launch({
    executablePath: found ?? names[0] ?? "",
    args: ["--disable-dev-shm-usage", "--disable-gpu", ...(isRoot ? ["--no-sandbox"] : [])],
  });
}

/** A page that was opened, and what it did that no report may do. */
export interface OpenedPage {
  page: Page;
  /** Requests for anything but the page itself. */
  requests: string[];
  /** Alerts and the like, and errors of scripts. */
  signs: string[];
  /** What the page's policy had to stop. */
  violations(): Promise<unknown>;
}

/** Opens a page from a file, as somebody does who was sent it; nothing it asks for is let through. */
export async function openPage(browser: Browser, html: string): Promise<OpenedPage> {
  const path = join(temporaryDirectory(), "report.html");
  writeFileSync(path, html);
  const page = await browser.newPage();
  const own = pathToFileURL(path).href;
  const requests: string[] = [];
  const signs: string[] = [];
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    if (request.url() === own) return void request.continue();
    requests.push(request.url());
    void request.abort();
  });
  page.on("dialog", (dialog) => {
    signs.push(dialog.message());
    void dialog.dismiss();
  });
  page.on("pageerror", (error) => signs.push(String(error)));
  await page.evaluateOnNewDocument(
    "window.stopped = []; document.addEventListener('securitypolicyviolation', (event) => window.stopped.push(event.violatedDirective + ' ' + event.blockedURI));",
  );
  await page.goto(own, { waitUntil: "load" });
  return { page, requests, signs, violations: () => page.evaluate("window.stopped") };
}
