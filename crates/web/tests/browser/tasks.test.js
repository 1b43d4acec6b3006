// Steps by keyboard and without script, the job sheet on paper, the counter, and a new ticket solved with one key.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { api } from "./lib/api.js"
import { faultsOf, launch } from "./lib/browser.js"
import { startDesk, unavailable } from "./lib/desk.js"
import { signIn, speak } from "./lib/sign-in.js"
import { until } from "./lib/until.js"

const skip = unavailable
let desk, browser, page, number

before(async () => {
  if (skip) return
  desk = await startDesk()
  browser = await launch()
  page = await browser.context.newPage()
  await signIn(page, desk, desk.people.administrator)
  await speak(page, desk, "en")
  number = (await api(desk)("POST", "/tickets", { subject: "The lamp is dark", body: "Since noon." })).number
})
after(async () => {
  await browser?.close()
  await desk?.stop()
})

test("Enter adds a step and leaves the field ready for the next", { skip, timeout: 60_000 }, async () => {
  const complaints = faultsOf(page)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`${desk.url}/tickets/${number}`)
  const field = page.locator("#new-step")
  const boxes = page.locator("#checklist [role=checkbox]")
  await field.focus()
  for (const [at, words] of ["Buy a bulb", "Change it"].entries()) {
    await until(() => field.evaluate((one) => one === document.activeElement && !one.value), "the field is ready")
    await page.keyboard.type(words)
    await page.keyboard.press("Enter")
    await boxes.nth(at).waitFor()
  }
  await boxes.first().press("Space")
  await page.locator("#checklist [aria-checked=true]").waitFor()
  await page.keyboard.press("z")
  await until(async () => (await page.locator("#checklist [aria-checked=true]").count()) === 0, "the tick is taken back")
  assert.deepEqual(complaints, [])
})

test("steps are ticked and put in order without script", { skip, timeout: 60_000 }, async () => {
  const plain = await browser.context.browser().newContext({ javaScriptEnabled: false, storageState: await browser.context.storageState() })
  const still = await plain.newPage()
  await still.goto(`${desk.url}/tickets/${number}/steps`)
  await still.locator("#new-step").fill("one\ntwo")
  await still.locator(".form-acts .btn.is-main").click()
  await still.locator("[name=to][value=up] + button").last().click()
  const texts = await still.locator(".lines summary").allInnerTexts()
  assert.match(texts.at(-2), /two/)
  assert.match(texts.at(-1), /one/)
  await still.goto(`${desk.url}/tickets/${number}`)
  await still.locator("#checklist [role=checkbox]").first().click()
  assert.equal(await still.locator("#checklist [aria-checked=true]").count(), 1)
  await plain.close()
})

test("on paper the job sheet is light and carries no control", { skip, timeout: 60_000 }, async () => {
  await page.goto(`${desk.url}/tickets/${number}/print`)
  await page.emulateMedia({ media: "print", colorScheme: "dark" })
  assert.ok(!(await page.locator(".side").isVisible()) && !(await page.locator(".off-paper").isVisible()))
  assert.ok(await page.getByText("Signature").isVisible())
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)")
  assert.equal(await page.locator("article.card").first().evaluate((one) => getComputedStyle(one).breakInside), "avoid")
  await page.emulateMedia({ media: null, colorScheme: null })
})

test("a new ticket is solved at first contact with one key", { skip, timeout: 60_000 }, async () => {
  await page.goto(`${desk.url}/tickets/new`)
  await page.locator("#requester").fill("museum")
  await page.locator("#who-list [role=option]").first().click()
  await page.locator("#subject").fill("A quite singular walrus")
  await page.keyboard.press("Control+Shift+Enter")
  await page.waitForURL(/\/tickets\/\d+/)
  assert.match(await page.locator(".chip.is-ok").first().innerText(), /Solved/)
})

test("whoever waits at the counter is taken in order", { skip, timeout: 60_000 }, async () => {
  await page.goto(`${desk.url}/counter`)
  const first = await page.locator(".lines .strong").first().innerText()
  const count = await page.locator(".lines > li").count()
  await page.keyboard.press("v")
  await page.waitForURL(/\/tickets\/\d+/)
  assert.ok((await page.locator("main").innerText()).includes(first))
  await page.goto(`${desk.url}/counter`)
  assert.equal(await page.locator(".lines > li").count(), count - 1)
})
