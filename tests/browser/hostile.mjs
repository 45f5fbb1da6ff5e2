// SPDX-License-Identifier: MIT
// Values of the data that would like to be markup, code or an address that runs: on every page they stay text. The
// service asked here serves a dataset that hostile.py has put them into.
import { PAGES, assert, browser, finish, settled, test } from "./lib.mjs";

const from = process.env.CYBERATLAS_HOSTILE;
const MARK = "onerror=alert";

for (const path of [...new Set(Object.values(PAGES)), "/teams#q=onerror", "/compare#countries=BE,NL", "/v1/countries/BE.txt", "/problems/not-found",
  "/<img src=x onerror=alert(1)>", "/no/<script>alert(1)</script>"]) {
  for (const javaScriptEnabled of [true, false]) {
    await test(`hostile values stay text on ${path}${javaScriptEnabled ? "" : " without JavaScript"}`, async () => {
      const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 1280, height: 900 } });
      const page = await context.newPage();
      const wrong = [];
      page.on("dialog", (dialog) => { wrong.push(dialog.message()); dialog.dismiss(); });
      page.on("pageerror", (error) => wrong.push(error.message));
      page.on("console", (message) => { if (/Content Security|Trusted/.test(message.text())) wrong.push(message.text()); });
      await page.goto(from + path);
      if (javaScriptEnabled && await page.locator("#app").count() > 0) await settled(page);
      assert.equal(await page.locator("img, iframe, object, script:not([type=module]), [onerror], a[href^='javascript:' i], a[href^='data:' i]").count(), 0);
      assert.deepEqual(wrong, []);
      if (path === "/BE") assert.ok((await page.locator("main").innerText()).includes(MARK), "the value is shown as it is");
      await context.close();
    });
  }
}
await finish();
