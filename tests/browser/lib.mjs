// SPDX-License-Identifier: MIT
// What the browser tests share: one Chromium, pages that tell every error and every request to another host, and TAP.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

export { assert };
export const origin = process.env.CYBERATLAS_ORIGIN;
const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });

export const WIDTHS = [360, 768, 1280];
export const PAGES = { home: "/", country: "/BE", "country-of-which-nothing-is-known": "/AX", compare: "/compare", "what-if": "/what-if", teams: "/teams",
  team: "/teams#id=cert-be", tell: "/tell#country=BE", method: "/method", source: "/method#source=wiser-be-2017", docs: "/docs" };

/** Waits until a page shows what it has asked for, the revision below it too. */
export async function settled(page) {
  await page.waitForSelector("#app.shown");
  await page.waitForSelector("footer.site .revision");
}

/** A page of its own, with what went wrong in `page.wrong`. */
export async function open(path, { width = 1280, scheme = "light", from = origin, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 780 : 900 }, colorScheme: scheme, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.wrong = [];
  page.setDefaultTimeout(10000);
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) page.wrong.push(message.text()); });
  page.on("pageerror", (error) => page.wrong.push(error.message));
  page.on("request", (request) => { if (!request.url().startsWith(from)) page.wrong.push(`asks ${request.url()}`); });
  page.on("dialog", (dialog) => { page.wrong.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
  await page.goto(from + path);
  if (options.javaScriptEnabled !== false) await settled(page);
  return page;
}

/** Closes a page that must have gone without an error, a cookie or anything kept. */
export async function close(page) {
  const kept = await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length].join()).catch(() => ",0,0");
  assert.deepEqual(page.wrong, []);
  assert.equal(kept, ",0,0");
  await page.context().close();
}

/** What axe-core finds against WCAG 2.2 AA and good practice. */
export async function axe(page) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"],
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  return violations.map((one) => `${one.id}: ${one.help} (${one.nodes.slice(0, 3).map((node) => node.target.join(" ")).join("; ")})`);
}

let number = 0;
/** One test and its line of TAP. */
export async function test(name, run) {
  number += 1;
  try {
    await run();
    console.log(`ok browser: ${name}`);
  } catch (error) {
    console.log(`not ok browser: ${name}`);
    console.log(String(error.stack ?? error).split("\n").slice(0, 14).map((line) => `# ${line}`).join("\n"));
    process.exitCode = 1;
  }
}

export async function finish() {
  await browser.close();
  if (number === 0) process.exitCode = 1;
}
