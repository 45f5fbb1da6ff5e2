// SPDX-License-Identifier: MIT
// The main task of each page, done as a user would, and the answers compared with the API's own.
import { createHash } from "node:crypto";
import { assert, axe, close, finish, open, origin, settled, test } from "./lib.mjs";

const api = async (path) => (await fetch(origin + path)).json();
const rows = (page) => page.locator("table.countries tbody tr");

await test("a country is found in the table, sorted, and opened; back leads back", async () => {
  const page = await open("/");
  const all = await api("/v1/countries");
  assert.equal(await rows(page).count(), all.data.filter((one) => one.legal_conditions.coverage > 0).length);
  await page.getByLabel("Show").selectOption({ label: "Every country" });
  assert.equal(await rows(page).count(), all.meta.total);
  await page.getByRole("button", { name: "Country" }).click();
  assert.match(await rows(page).first().innerText(), /^Afghanistan/);
  await page.getByLabel("Find a country, team, law").fill("aland i");
  await page.waitForFunction(() => document.querySelectorAll("table.countries tbody tr").length === 1);
  assert.match(page.url(), /#.*q=aland\+i/);
  await page.reload({ waitUntil: "networkidle" });
  await rows(page).first().waitFor();
  assert.equal(await rows(page).count(), 1);
  await page.getByRole("link", { name: "Åland Islands" }).first().click();
  await page.getByRole("heading", { level: 1, name: "Åland Islands" }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { name: "Countries", exact: true }).waitFor();
  await page.getByLabel("Find a country, team, law").fill("no such place");
  await page.getByText("No country fits").waitFor();
  await close(page);
});

await test("the search knows other names of countries, and what is no country", async () => {
  const page = await open("/");
  await page.getByLabel("Find a country, team, law").fill("belgien");
  await page.waitForFunction(() => document.querySelectorAll("table.countries tbody tr").length === 1);
  assert.match(await rows(page).innerText(), /^Belgium/);
  await page.getByLabel("Find a country, team, law").fill("belnet");
  await page.locator(".found").getByRole("link", { name: "BELNET CERT" }).click();
  await page.getByRole("heading", { level: 1, name: "BELNET CERT" }).waitFor();
  await close(page);
});

await test("the map tells, is walked by arrow keys and opened by Enter", async () => {
  const page = await open("/");
  const card = page.locator(".card h2");
  await page.locator(".map a[data-code=FR]").hover();
  assert.equal(await card.innerText(), "France");
  await page.locator(".map a[data-code=BE]").focus();
  assert.equal(await card.innerText(), "Belgium");
  assert.match(await page.locator(".map a[data-code=BE]").getAttribute("aria-label"), /^Belgium: \d+\.\d, between/);
  await page.keyboard.press("ArrowRight");
  const first = await card.innerText();
  assert.notEqual(first, "Belgium");
  await page.keyboard.press("ArrowLeft");
  assert.notEqual(await card.innerText(), first);
  assert.equal(await page.locator('.map a[tabindex="0"]').count(), 1);
  const code = await page.evaluate(() => document.activeElement.getAttribute("data-code"));
  await page.keyboard.press("Enter");
  await page.waitForURL(`${origin}/${code}`);
  await page.goto(`${origin}/#map=world`);
  assert.equal(await page.getByRole("button", { name: "World" }).getAttribute("aria-pressed"), "true");
  assert.ok(await page.locator(".map a").count() > 200);
  assert.equal(await page.locator(".map a[data-code=MT]").count(), 1);
  await close(page);
});

await test("uncertainty is drawn: hatching by width, grey for what is not assessed", async () => {
  const page = await open("/");
  const { data } = await api("/v1/countries");
  for (const country of data.filter((one) => ["BE", "AT", "DE", "NO", "AL"].includes(one.code))) {
    const { low, high, coverage } = country.legal_conditions;
    const shape = page.locator(`.map a[data-code=${country.code}]`);
    const hatched = await shape.locator(".over").count();
    assert.equal(hatched, coverage > 0 && high - low > 25 ? 1 : 0, country.code);
    assert.equal(await shape.locator(".land.none").count(), coverage > 0 ? 0 : 1, country.code);
  }
  await close(page);
});

await test("a country explains its score by claims, and a source is a click away", async () => {
  const page = await open("/BE");
  const { data } = await api("/v1/scores/BE");
  assert.match(await page.locator(".verdict").innerText(), new RegExp(`${data.value.toFixed(1)}[^]*${data.low.toFixed(1)}[^]*${data.high.toFixed(1)}`));
  assert.equal(await page.locator("details.criterion").count(), data.criteria.length);
  const cell = data.criteria.find((one) => one.claims.length > 1);
  const part = page.locator(`#${cell.criterion}`);
  await part.locator("summary").click();
  assert.equal(await part.locator("tbody tr").count(), cell.claims.length);
  assert.ok(await page.locator(".claims .claim.other").count() > 0, "conflicting claims stand side by side");
  assert.ok(await page.locator(".timeline .event").count() > 5);
  await part.locator("a.source").first().click();
  await page.getByText("What rests on it").waitFor();
  const source = (await api(`/v1/sources/${cell.claims[0].source}`)).data;
  assert.equal(await page.locator("#app h1").innerText(), source.title);
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "Belgium" }).waitFor();
  await close(page);
});

await test("countries are compared, one taken away and one added, and back undoes it", async () => {
  const page = await open("/compare");
  const named = () => page.locator(".ladder a").allInnerTexts();
  assert.equal((await named()).length, 3);
  await page.getByRole("button", { name: /Luxembourg.*remove/ }).click();
  await page.waitForFunction(() => document.querySelectorAll(".ladder a").length === 2);
  await page.getByLabel("Add a country").selectOption("DE");
  await page.waitForFunction(() => document.querySelectorAll(".ladder a").length === 3);
  assert.match(page.url(), /#countries=BE,NL,DE$/);
  const { data } = await api("/v1/compare?countries=BE,NL,DE");
  assert.equal(await page.locator(".matrix tbody tr").count(), data.criteria.length);
  assert.equal(await page.locator(".pairs li").count(), 3);
  await page.locator(".pairs summary").first().click();
  assert.ok((await page.locator(".pairs li").first().innerText()).includes(data.pairs[0].says));
  await page.goBack();
  await page.waitForFunction(() => document.querySelectorAll(".ladder a").length === 2);
  await close(page);
});

await test("what if: a slider and an age of evidence ask the API, and the address keeps the question", async () => {
  const page = await open("/what-if");
  const slider = page.locator("input[data-criterion=mandatory-reporting]");
  const answer = page.waitForResponse((one) => one.url().includes("weights=mandatory-reporting:3"));
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  assert.equal((await answer).status(), 200);
  const aged = page.waitForResponse((one) => one.url().includes("max_age=P5Y"));
  await page.getByLabel("Greatest age of evidence").fill("5");
  await aged;
  assert.match(page.url(), /weights=mandatory-reporting:3/);
  await page.reload({ waitUntil: "networkidle" });
  await slider.waitFor();
  assert.equal(await slider.inputValue(), "3");
  assert.equal(await page.getByLabel("Greatest age of evidence").getAttribute("aria-valuetext"), "at most 5 years old");
  const { data } = await api("/v1/scores?group=eu&sort=-value&weights=mandatory-reporting:3&max_age=P5Y");
  const first = data.find((one) => one.value !== undefined);
  const line = await page.locator(".ladder").innerText();
  assert.ok(first === undefined || line.includes(first.value.toFixed(1)));
  assert.equal(await page.locator(".ladder > a").first().innerText(), data[0].name);
  await close(page);
});

await test("a team is found and shown in full", async () => {
  const page = await open("/teams");
  await page.getByLabel("Search names").fill("belnet");
  await page.waitForFunction(() => /^\d team/.test(document.querySelector("[role=status]")?.textContent ?? ""));
  const { meta } = await api("/v1/certs?q=belnet&facets=status");
  const active = page.getByLabel("Status").locator("option[value=active]");
  await page.waitForFunction(([option, text]) => option.textContent === text, [await active.elementHandle(), `Active (${meta.facets.status.active})`]);
  assert.equal(await page.locator("li.team").count(), meta.total);
  await page.getByRole("link", { name: "BELNET CERT" }).click();
  await page.getByRole("heading", { level: 1, name: "BELNET CERT" }).waitFor();
  assert.ok(await page.locator("a.source").count() > 3);
  await page.goBack();
  await page.getByLabel("Search names").waitFor();
  await page.getByLabel("Search names").fill("zzzzzz");
  await page.getByText("No team fits").waitFor();
  await page.getByLabel("Search names").fill("");
  await page.getByLabel("Country").selectOption("FR");
  const french = await api("/v1/certs?country=FR");
  await page.getByText(`${french.meta.total} teams`).waitFor();
  await close(page);
});

await test("whom do I tell: the desks in the API's order, each with why", async () => {
  const page = await open("/tell");
  await page.getByText("Choose a country").first().waitFor();
  await page.getByLabel("Country").selectOption("BE");
  const { data } = await api("/v1/contacts?country=BE&purpose=incident");
  await page.locator("li.contact").first().waitFor();
  assert.deepEqual(await page.locator("li.contact h3 a").allInnerTexts(), data.contacts.map((one) => one.short_name ?? one.name));
  assert.ok((await page.locator("li.contact").first().innerText()).includes(data.contacts[0].reason));
  await page.getByLabel("You want to").selectOption("vulnerability");
  await page.waitForURL(/purpose=vulnerability/);
  await close(page);
});

await test("a country's page prints whole: every claim open, nothing that only a screen can do", async () => {
  const page = await open("/BE");
  const closed = () => page.locator("#app details:not([open])").count();
  const before = await closed();
  await page.evaluate(() => window.addEventListener("beforeprint", () => {
    document.body.dataset.closed = document.querySelectorAll("#app details:not([open])").length;
  }));
  const paper = await page.pdf({ format: "A4" });
  assert.equal(await page.locator("body").getAttribute("data-closed"), "0");
  assert.equal(await closed(), before, "what was closed is closed again");
  assert.ok((paper.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length > 3, "several sheets");
  await page.emulateMedia({ media: "print" });
  for (const gone of ["header.site nav", ".same >> nth=0", "#app button >> nth=0", ".go >> nth=0"]) assert.equal(await page.locator(gone).isVisible(), false, gone);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
  await close(page);
});

await test("who gets lost is told so on a page, with ways on", async () => {
  for (const [path, javaScriptEnabled] of [["/no/such/page", true], ["/Atlantis", true], ["/no/such/page", false]]) {
    const page = await open("/", { javaScriptEnabled });
    page.wrong = [];
    const answer = await page.goto(origin + path);
    assert.equal(answer.status(), 404);
    assert.match(answer.headers()["content-type"], /^text\/html/);
    assert.ok(await page.getByRole("heading", { level: 1 }).isVisible());
    assert.ok((await page.locator("main").innerText()).includes(path === "/Atlantis" ? "Atlantis" : path));
    if (javaScriptEnabled) assert.deepEqual(await axe(page), []);
    await page.getByRole("link", { name: "Map" }).click();
    await page.waitForURL(`${origin}/`);
    await page.context().close();
  }
});

await test("the method tells each criterion, and sources are searched", async () => {
  const page = await open("/method#criterion=annual-audit");
  await page.locator("#criterion-annual-audit").waitFor();
  assert.equal(await page.locator("#criterion-annual-audit").evaluate((one) => one.contains(document.activeElement)), true);
  await page.getByLabel("Search titles").fill("cartography belgium");
  await page.getByRole("link", { name: /Cartography: Belgium/ }).first().waitFor();
  await close(page);
});

await test("the reference lists every address, and trying one shows its answer", async () => {
  const page = await open("/docs");
  const contract = await api("/openapi.json");
  assert.equal(await page.locator("details.operation").count(), Object.keys(contract.paths).length);
  await page.getByText("GET /v1/countries/{code}", { exact: true }).click();
  const part = page.locator(`#${contract.paths["/v1/countries/{code}"].get.operationId}`);
  await part.getByRole("button", { name: "Try it" }).click();
  await part.locator("pre").waitFor();
  assert.match(await part.innerText(), /200[^]*"name": "Belgium"/);
  await part.locator("input[name=code]").fill("nowhere");
  await part.getByRole("button", { name: "Try it" }).click();
  await part.getByText("404 Not Found").waitFor();
  page.wrong = page.wrong.filter((text) => !text.includes("404"));
  await close(page);
  const text = await (await fetch(`${origin}/docs.md`)).text();
  for (const path of Object.keys(contract.paths)) assert.ok(text.includes(`### GET ${path}\n`), path);
});

await test("each page names the dataset's date, its licence and the revision, and offers its data", async () => {
  const { data } = await api("/v1");
  for (const path of ["/", "/BE", "/compare", "/what-if", "/teams", "/method"]) {
    const page = await open(path);
    await page.locator(".revision").waitFor();
    const foot = await page.locator("footer.site").innerText();
    for (const word of [data.date, data.licence, data.revision]) assert.ok(foot.includes(word), `${path} names ${word}`);
    const links = await page.locator(".same a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
    assert.ok(links.length > 0, path);
    for (const link of links) assert.equal((await fetch(origin + link)).status, 200, link);
    const html = await (await fetch(origin + path, { headers: { Accept: "text/html" } })).text();
    assert.ok(!html.includes(data.revision), `${path} as built does not hold the revision`);
    await close(page);
  }
});

await test("without JavaScript there is a table, a page for each country, and a menu that works", async () => {
  const page = await open("/", { javaScriptEnabled: false });
  const { meta } = await api("/v1/countries");
  assert.equal(await page.locator("table tbody tr").count(), meta.total);
  await page.getByRole("link", { name: "Belgium" }).click();
  await page.getByRole("heading", { level: 1, name: /Belgium/ }).waitFor();
  assert.ok(await page.getByText("Centre for Cybersecurity Belgium").first().isVisible());
  await page.getByRole("link", { name: "Method" }).click();
  await page.getByRole("link", { name: "/v1/sources.csv" }).waitFor();
  for (const [menu, button, answer] of [["Whom do I tell?", "Whom do I tell?", "Belgium: whom to tell"], ["Compare", "Compare", "Netherlands"],
    ["What if", "Ask", "nothing older than P15Y"], ["Teams", "Search", "found"]]) {
    await page.getByRole("link", { name: menu, exact: true }).click();
    if (menu === "Whom do I tell?") await page.getByLabel("Country").selectOption({ label: "Belgium" });
    await page.getByRole("button", { name: button }).click();
    await page.waitForURL(/\/v1\//);
    assert.ok((await page.locator("body").innerText()).includes(answer), menu);
    await page.goBack();
  }
  await page.context().close();
});

await test("scripts and style are named by their hash, kept for ever, compressed, and all that the policy lets run", async () => {
  const page = await fetch(`${origin}/`, { headers: { Accept: "text/html" } });
  const policy = page.headers.get("content-security-policy");
  assert.match(policy, /^default-src 'none';.* script-src 'self';.* trusted-types 'none'$/);
  assert.doesNotMatch(policy, /unsafe|https?:|\*/);
  assert.equal(page.headers.get("set-cookie"), null);
  const html = await page.text();
  assert.doesNotMatch(html, /<script(?! type="module" src="\/assets\/)|<[^>]* (?:style|on\w+)=/);
  const assets = [...html.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path]) => path);
  assert.equal(assets.length, 2);
  for (const path of assets) {
    const asset = await fetch(origin + path, { headers: { "Accept-Encoding": "br" } });
    assert.equal(asset.headers.get("cache-control"), "public, max-age=31536000, immutable");
    assert.equal(asset.headers.get("content-encoding"), "br");
    const digest = createHash("sha256").update(Buffer.from(await asset.arrayBuffer())).digest("hex");
    assert.ok(path.includes(`-${digest.slice(0, 12)}.`), path);
  }
});

await test("what goes wrong is said, and can be tried again", async () => {
  const page = await open("/compare");
  await page.route("**/v1/compare*", (route) => route.abort());
  await page.getByRole("button", { name: /Luxembourg.*remove/ }).click();
  await page.getByRole("alert").waitFor();
  assert.match(await page.getByRole("alert").innerText(), /could not be reached/);
  await page.context().close();
});

await finish();
