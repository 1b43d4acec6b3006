// The reports as a person reads them: in both languages, a table beside each chart, a file a spreadsheet reads, on paper,
// by keyboard and without script, and on a very narrow screen.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { after, before, test } from "node:test"
import { faultsOf, launch } from "./lib/browser.js"
import { check } from "./lib/checks.js"
import { startDesk, unavailable } from "./lib/desk.js"
import { signIn, speak } from "./lib/sign-in.js"

const skip = unavailable
const names = ["volume", "first-reply", "time-to-solve", "backlog", "reopened", "first-contact"]
let desk, browser, page

before(async () => {
  if (skip) return
  desk = await startDesk()
  browser = await launch()
  page = await browser.context.newPage()
  await signIn(page, desk, desk.people.technician)
})
after(async () => {
  await browser?.close()
  await desk?.stop()
})

// Rows of RFC 4180, without the mark in front.
function rows(text) {
  assert.ok(text.startsWith("\ufeff"), "a spreadsheet is told the alphabet")
  const found = [[]]
  for (const [, quoted, plain, end] of text.slice(1).matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    found.at(-1).push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === "\r\n") found.push([])
  }
  return found.filter((row) => row.length > 1)
}

for (const lang of ["en", "fr"]) {
  test(`${lang}: every report says a sentence, draws a chart and shows its table`, { skip, timeout: 120_000 }, async () => {
    await speak(page, desk, lang)
    const complaints = faultsOf(page)
    const titles = new Set()
    for (const name of names) {
      await page.goto(`${desk.url}/reports/${name}`)
      titles.add(await page.locator("h1").innerText())
      assert.match(await page.locator(".lead p").innerText(), /\d/, `${name} says how many`)
      const chart = page.locator("svg.chart")
      assert.equal(await chart.locator("desc").textContent(), (await page.locator(".lead p").innerText()).slice(0, (await chart.locator("desc").textContent()).length))
      await page.locator(".plot ~ details > summary").press("Enter")
      const drawn = page.locator(".plot ~ details table")
      assert.ok(await drawn.isVisible(), `${name} has its table`)
      assert.ok((await drawn.locator("tbody tr").count()) >= 5)
    }
    assert.equal(titles.size, names.length)
    assert.deepEqual(complaints, [])
  })
}

test("the file downloads and says what the table says", { skip, timeout: 60_000 }, async () => {
  await speak(page, desk, "fr")
  await page.goto(`${desk.url}/reports/volume?by=channel`)
  const [file] = await Promise.all([page.waitForEvent("download"), page.locator("a[download]").click()])
  assert.equal(file.suggestedFilename(), "volume.csv")
  const all = rows(readFileSync(await file.path(), "utf8"))
  assert.deepEqual(all[0], ["Jour", "Arrivés", "Résolus"])
  const table = await page.locator(".plot ~ details tbody tr").evaluateAll((lines) => lines.map((line) => [...line.querySelectorAll("td")].map((cell) => cell.textContent)))
  assert.deepEqual(all.slice(1, table.length + 1).map(([, ...cells]) => cells), table)
  assert.match(all[1][0], /^\d{4}-\d\d-\d\d$/)
  assert.ok(all.some(([name]) => name === "Téléphone"), "the breakdown follows")
})

test("on paper there is the sentence, the chart and the table, in the light, and nothing to press", { skip, timeout: 60_000 }, async () => {
  await page.goto(`${desk.url}/reports/volume`)
  await page.evaluate(() => { document.documentElement.dataset.theme = "dark" })
  const shown = (selector) => page.locator(selector).first().isVisible()
  assert.ok(await shown(".off-paper"), "control: on the screen there is a form")
  const ink = () => page.evaluate(() => getComputedStyle(document.querySelector("h1")).color)
  const dark = await ink()
  await page.emulateMedia({ media: "print" })
  for (const hidden of [".side", ".tabbar", ".off-paper", ".seg", ".btn", "summary"]) assert.ok(!(await shown(hidden)), `${hidden} is on paper`)
  for (const seen of ["h1", ".lead p", "svg.chart", ".plot ~ details table"]) assert.ok(await shown(seen), `${seen} is not on paper`)
  assert.notEqual(await ink(), dark, "dark words on white paper")
  await page.emulateMedia({ media: null })
})

test("a letter is asked for, shown and ended, and filters work without script", { skip, timeout: 60_000 }, async () => {
  await speak(page, desk, "en")
  await page.goto(`${desk.url}/reports/volume`)
  await page.locator("#by").selectOption("channel")
  await page.locator(".form .btn.is-main").click()
  await page.waitForURL(/by=channel/)
  await page.locator("#rhythm").selectOption("monthly")
  await page.locator("form[action$='/subscriptions'] button").click()
  await page.locator("form[action$='/end']").waitFor()
  assert.match(await page.locator(".lines").innerText(), /Every month/)
  await page.locator("form[action$='/end'] button").click()
  await page.locator("form[action$='/end']").waitFor({ state: "detached" })
  const plain = await launch({ javaScriptEnabled: false })
  try {
    await plain.context.addCookies(await browser.context.cookies())
    const still = await plain.context.newPage()
    await still.goto(`${desk.url}/reports/volume`)
    await still.locator("#channel").selectOption("phone")
    await still.locator(".form .btn.is-main").click()
    assert.match(still.url(), /channel=phone/)
    assert.ok(await still.locator("svg.chart").isVisible())
  } finally {
    await plain.close()
  }
})

test("a day that is none stays in its field, with the words beside it", { skip, timeout: 60_000 }, async () => {
  await page.goto(`${desk.url}/reports/volume?from=yesterday`)
  assert.equal(await page.locator("#from").inputValue(), "yesterday")
  assert.equal(await page.locator("#from").getAttribute("aria-invalid"), "true")
  assert.match(await page.locator("#from-help").innerText(), /This is not a date/)
})

test("nothing scrolls sideways at 320 pixels", { skip, timeout: 60_000 }, async () => {
  for (const lang of ["en", "fr"]) {
    await page.setViewportSize({ width: 1440, height: 900 })
    await speak(page, desk, lang)
    await page.setViewportSize({ width: 320, height: 640 })
    for (const name of names) {
      await page.goto(`${desk.url}/reports/${name}?by=topic`)
      assert.deepEqual(await check(page, { axe: false }), [], `${name} ${lang}`)
    }
  }
})
