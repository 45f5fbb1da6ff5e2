// SPDX-License-Identifier: MIT
// Each page at three widths and in both themes: nothing sticks out or lies over another, and axe finds no violation.
// With SCREENSHOTS=folder the pictures are kept there.
import fs from "node:fs";
import { PAGES, WIDTHS, assert, axe, close, finish, open, test } from "./lib.mjs";

const folder = process.env.SCREENSHOTS;

/** What a person would see at a glance: text out of the window, things cut off, nothing there at all. */
function breakage() {
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push(`wider than the window by ${document.documentElement.scrollWidth - innerWidth}`);
  const scrolls = (element) => element.closest(".scroll, pre, .same code, svg, div:has(> .timeline)") !== null;
  for (const element of document.querySelectorAll("main *, header *, footer *")) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || scrolls(element) || element.closest(".said, .hidden, .skip") !== null) continue;
    if (box.right > innerWidth + 1 || box.left < -1) found.push(`${element.tagName}.${element.className} from ${box.left} to ${box.right}`);
  }
  const heading = document.querySelector("#app h1");
  if (heading === null || heading.getBoundingClientRect().height < 20) found.push("no heading");
  if (document.querySelector("#app").innerText.length < 80) found.push("hardly any text");
  for (const target of document.querySelectorAll("#app button, #app select, nav a")) {
    const box = target.getBoundingClientRect();
    if (box.width > 0 && (box.width < 24 || box.height < 24)) found.push(`${target.tagName} ${target.innerText} is ${box.width} by ${box.height}`);
  }
  return found;
}

if (folder !== undefined) fs.mkdirSync(folder, { recursive: true });
// axe sees both themes at the two ends; the width between is only looked at.
for (const [name, path] of Object.entries(PAGES))
  for (const width of WIDTHS) {
    const scheme = width === 1280 ? "light" : "dark";
    await test(`${name} looks right at ${width} pixels${width === 768 ? "" : `, and axe finds nothing in ${scheme}`}`, async () => {
      const page = await open(path, { width, scheme });
      assert.deepEqual(await page.evaluate(breakage), []);
      const picture = await page.screenshot({ path: folder && `${folder}/${name}-${width}.png` });
      assert.ok(picture.length > 8000, "the picture is not empty");
      if (name === "country") await page.locator("details.criterion summary").first().click();
      if (name === "docs") await page.locator("details.operation summary").first().click();
      if (width !== 768) assert.deepEqual(await axe(page), []);
      await close(page);
    });
  }
await finish();
